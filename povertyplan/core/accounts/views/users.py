"""Users and their roles, for administrators of the area."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.accounts import one_time, presenters, throttling
from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.forms.users import (
    DeviceRemoveForm,
    RoleEndForm,
    RoleGrantForm,
    UserActForm,
    UserForm,
    UserReasonForm,
)
from povertyplan.core.accounts.second_factor import remove_second_factor
from povertyplan.core.accounts.selectors import Account, accounts_of, looks_after, users_of
from povertyplan.core.models import User
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

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
    account, today = _account(request.user, pk), clock.today()
    context = {
        "account": account,
        "is_mine": looks_after(request.user, account.user) and account.user != request.user,
        "is_oneself": account.user == request.user,
        "grants": [
            (grant, grant.is_over(today), grant.is_in_force(today)) for grant in account.grants
        ],
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
            messages.success(request, presenters.describe_added(added))
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
            messages.success(request, presenters.describe_granted(granted))
            return redirect_to_row(granted, DETAIL, user.pk)
    context = {"form": form, "person": user}
    return form_response(request, "core/accounts/role_grant.html", context)


@require_http_methods(FORM)
def role_end(request, pk, grant_pk):
    user = _user(request.user, pk)
    grant = get_object_or_404(user.grants.select_related("area__parent", "user"), pk=grant_pk)
    form = RoleEndForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        "core/accounts/role_end.html",
        {"form": form, "person": user, "grant": grant},
        lambda: accounts.end_role(grant=grant, by=request.user, **form.cleaned_data),
        done=presenters.describe_ended(grant),
    )


@require_http_methods(FORM)
def user_disable(request, pk):
    user = _user(request.user, pk)
    form = UserReasonForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        "core/accounts/user_disable.html",
        {"form": form, "person": user, "is_grave": True},
        lambda: accounts.disable_user(user=user, by=request.user, **form.cleaned_data),
        done=presenters.describe_disabled(user),
    )


@require_http_methods(FORM)
def user_enable(request, pk):
    user = _user(request.user, pk)
    form = UserActForm(request.POST or None, initial={"version": user.version})
    return _act_page(
        request,
        "core/accounts/user_enable.html",
        {"form": form, "person": user},
        lambda: accounts.enable_user(user=user, by=request.user, **form.cleaned_data),
        done=presenters.describe_enabled(user),
    )


@sensitive_post_parameters()
@require_http_methods(FORM)
def device_remove(request, pk):
    user = _user(request.user, pk)
    form = DeviceRemoveForm(request.POST or None, initial={"version": user.version})
    form.identify(request.user, partial(throttling.has_password, request, request.user))
    try:
        return _act_page(
            request,
            "core/accounts/device_remove.html",
            {"form": form, "person": user},
            lambda: remove_second_factor(
                user=user, reason=form.cleaned_data["reason"], by=request.user
            ),
            done=presenters.describe_second_factor_removed(user),
        )
    except throttling.Locked as locked:
        return throttling.locked_response(request, locked.free_at)


@require_http_methods(FORM)
def password_issue(request, pk):
    """Show a one-time password once; a reload is refused, as the version is no longer right."""
    user = _user(request.user, pk)
    form = UserActForm(request.POST or None, initial={"version": user.version})
    if request.method == "POST" and form.is_valid():
        password = perform(
            form,
            accounts.issue_password,
            user=user,
            new=one_time.prepare_password(),
            by=request.user,
            **form.cleaned_data,
        )
        if password:
            context = {"person": user, "password": password}
            return render(request, "core/accounts/password_slip.html", context)
    context = {"form": form, "person": user}
    return form_response(request, "core/accounts/password_issue.html", context)


def _account(administrator: User, pk: int) -> Account:
    found = accounts_of(administrator, users_of(administrator).filter(pk=pk))
    if not found:
        raise Http404(presenters.NO_SUCH_USER)
    return found[0]


def _user(administrator: User, pk: int) -> User:
    return get_object_or_404(users_of(administrator), pk=pk)


def _act_page(request, template: str, context: dict, write: Callable[[], object], *, done: str):
    """The page of an act on a user: ask, do it, go back to the user."""
    form = context["form"]
    if request.method == "POST" and form.is_valid() and perform(form, write):
        messages.success(request, done)
        return redirect_to_row(context.get("grant"), DETAIL, context["person"].pk)
    return form_response(request, template, context)
