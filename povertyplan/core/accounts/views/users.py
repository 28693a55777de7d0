"""Users and their roles, for administrators of the area."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.forms.users import (
    RoleEndForm,
    RoleGrantForm,
    UserActForm,
    UserForm,
    UserReasonForm,
)
from povertyplan.core.accounts.second_factor import remove_second_factor
from povertyplan.core.accounts.selectors import Account, accounts_of, looks_after, users_of
from povertyplan.core.models import RoleGrant, User
from povertyplan.core.platform.form_pages import form_response, perform

PAGE_SIZE = 50
DETAIL = "core:user_detail"
FORM = ["GET", "HEAD", "POST"]


@require_safe
def user_list(request):
    accounts_found = accounts_of(request.user, users_of(request.user))
    page = Paginator(accounts_found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "core/accounts/user_list.html", {"page": page})


@require_safe
def user_detail(request, pk):
    account = _account(request.user, pk)
    context = {
        "account": account,
        "is_mine": looks_after(request.user, account.user) and account.user != request.user,
        "is_oneself": account.user == request.user,
        "grants": [(grant, _state(grant)) for grant in account.grants],
    }
    return render(request, "core/accounts/user_detail.html", context)


@require_http_methods(FORM)
def user_new(request):
    form = UserForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("username", "full_name", "job_title")}
        added = perform(
            form,
            accounts.add_user,
            **named,
            first_role=form.new_role(),
            key=form.cleaned_data["key"],
            by=request.user,
        )
        if added:
            messages.success(request, f"Đã thêm {added}. Cấp mật khẩu dùng một lần để đăng nhập.")
            return redirect(DETAIL, added.pk)
    return form_response(request, "core/accounts/user_new.html", {"form": form})


@require_http_methods(FORM)
def role_grant(request, pk):
    user = _user(request.user, pk)
    form = RoleGrantForm(request.POST or None, user=request.user, initial={"version": user.version})
    if request.method == "POST" and form.is_valid():
        granted = perform(
            form,
            accounts.grant_role,
            user=user,
            new_role=form.new_role(),
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            by=request.user,
        )
        if granted:
            messages.success(request, f"Đã giao vai trò {granted}.")
            return redirect(DETAIL, user.pk)
    context = {"form": form, "person": user}
    return form_response(request, "core/accounts/role_grant.html", context)


@require_http_methods(FORM)
def role_end(request, pk, grant_pk):
    user = _user(request.user, pk)
    grant = get_object_or_404(user.grants.select_related("area__parent", "user"), pk=grant_pk)
    form = RoleEndForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        user,
        form,
        lambda: accounts.end_role(grant=grant, by=request.user, **form.cleaned_data),
        done=f"Đã kết thúc vai trò {grant}.",
        heading=f"Kết thúc vai trò {grant}",
        lead="Người dùng mất quyền của vai trò này từ ngày hôm sau. Những gì đã ghi giữ nguyên.",
        button="Kết thúc vai trò",
    )


@require_http_methods(FORM)
def user_disable(request, pk):
    user = _user(request.user, pk)
    form = UserReasonForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        user,
        form,
        lambda: accounts.disable_user(user=user, by=request.user, **form.cleaned_data),
        done=f"Đã ngừng tài khoản của {user}.",
        heading="Ngừng tài khoản",
        lead="Người này bị đăng xuất khỏi mọi thiết bị và mật khẩu không dùng được nữa. "
        "Những gì đã ghi giữ nguyên tên.",
        button="Ngừng tài khoản",
        is_grave=True,
    )


@require_http_methods(FORM)
def user_enable(request, pk):
    user = _user(request.user, pk)
    form = UserActForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        user,
        form,
        lambda: accounts.enable_user(user=user, by=request.user, **form.cleaned_data),
        done=f"Đã cho dùng lại tài khoản của {user}. Cấp mật khẩu dùng một lần để đăng nhập.",
        heading="Cho dùng lại tài khoản",
        lead="Các vai trò còn hạn có hiệu lực trở lại.",
        button="Cho dùng lại",
    )


@require_http_methods(FORM)
def device_remove(request, pk):
    user = _user(request.user, pk)
    form = UserReasonForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        user,
        form,
        lambda: remove_second_factor(
            user=user, reason=form.cleaned_data["reason"], by=request.user
        ),
        done=f"Đã gỡ xác thực hai lớp của {user}.",
        heading="Gỡ xác thực hai lớp",
        lead="Dùng khi người này mất hoặc đổi điện thoại. Hỏi trực tiếp để chắc chắn đúng người.",
        button="Gỡ xác thực hai lớp",
    )


@require_http_methods(FORM)
def password_issue(request, pk):
    """Show a one-time password once; a reload is refused, as the version is no longer right."""
    user = _user(request.user, pk)
    form = UserActForm(request.POST or None, initial={"version": user.version})
    if request.method == "POST" and form.is_valid():
        password = perform(
            form, accounts.issue_password, user=user, by=request.user, **form.cleaned_data
        )
        if password:
            context = {"person": user, "password": password}
            return render(request, "core/accounts/password_slip.html", context)
    context = {
        "form": form,
        "person": user,
        "heading": "Cấp mật khẩu dùng một lần",
        "lead": "Mật khẩu đang dùng mất hiệu lực, người này bị đăng xuất khỏi mọi thiết bị và phải "
        "tự đặt mật khẩu mới ở lần đăng nhập tới.",
        "button": "Cấp mật khẩu",
    }
    return form_response(request, "core/accounts/user_act.html", context)


def _account(administrator: User, pk: int) -> Account:
    found = accounts_of(administrator, users_of(administrator).filter(pk=pk))
    if not found:
        raise Http404("Không có người dùng này trong địa bàn bạn quản trị.")
    return found[0]


def _user(administrator: User, pk: int) -> User:
    return get_object_or_404(users_of(administrator), pk=pk)


def _state(grant: RoleGrant) -> tuple[str, str]:
    """How a role stands today: words and tone."""
    if grant.is_over(clock.today()):
        return "Đã hết", "plain"
    return ("Đang giữ", "ok") if grant.is_in_force(clock.today()) else ("Chưa đến ngày", "info")


def _act_page(request, user: User, form, write: Callable[[], object], *, done: str, **words):
    """The page of an act on a user: ask, do it, go back to the user."""
    if request.method == "POST" and form.is_valid() and perform(form, write):
        messages.success(request, done)
        return redirect(DETAIL, user.pk)
    context = {"form": form, "person": user, **words}
    return form_response(request, "core/accounts/user_act.html", context)
