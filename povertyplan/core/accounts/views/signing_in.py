"""Signing in and out, one's own password and second factor."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.hashers import make_password
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from povertyplan.core.accounts import (
    kept_forms,
    known_browsers,
    presenters,
    return_urls,
    second_factor,
    throttling,
)
from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.forms.signing_in import (
    CodeForm,
    EnrolForm,
    LoginForm,
    OwnPasswordForm,
)
from povertyplan.core.accounts.sessions import ENDED
from povertyplan.core.platform.form_pages import perform


class LoginView(auth_views.LoginView):
    template_name = "core/accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        ended = ENDED.get(self.request.GET.get("ended"), "")
        return super().get_context_data(ended=ended, kept="kept" in self.request.GET, **kwargs)

    def get_redirect_url(self):
        return return_urls.read(self.request, none="")

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except throttling.Locked as locked:
            form = LoginForm(request, initial=request.POST.dict())
            return throttling.locked_response(request, locked.free_at, form)

    def form_invalid(self, form):
        # A wrong code beside a used-up name: the page that asks for it comes again.
        if getattr(form, "login_try", None) and form.login_try.with_code:
            form.initial = {"username": form.data["username"]}
            free_at = throttling.free_for(self.request, form.data["username"])
            return throttling.locked_response(self.request, free_at, form)
        return super().form_invalid(form)

    def form_valid(self, form):
        response = super().form_valid(form)
        throttling.give_back_try(form.login_try)
        if form.login_try.with_code:
            second_factor.finish_with(self.request, form.cleaned_data["code"])
        known_browsers.remember(response, self.request, form.get_user())
        kept_forms.discard_old()
        return response


class LogoutView(auth_views.LogoutView):
    http_method_names = ["post", "options"]


@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request, key):
    """Give a form back that came after its session had ended; a post throws it away."""
    kept = get_object_or_404(kept_forms.kept_for(request.user), key=key)
    if request.method == "POST":
        kept.delete()
        messages.success(request, presenters.KEPT_FORM_DISCARDED)
        return redirect("core:home")
    rule = import_string(settings.ACCESS_TABLE)[resolve(urlsplit(kept.path).path).view_name]
    return render(request, "core/accounts/kept_form.html", {"kept": kept, "title": rule.title})


@require_http_methods(["GET", "POST"])
def login_code(request):
    """The second step of signing in, for a user with a device."""
    target = return_urls.read(request, none="/")
    if request.user.is_verified():
        return HttpResponseRedirect(target)
    if not second_factor.has_device(request.user):
        # Taken away by an administrator after this session began.
        second_factor.forget(request)
        return HttpResponseRedirect(target)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = {NON_FIELD_ERRORS: "code"}
        device = perform(
            form, second_factor.verify, names=names, request=request, **form.cleaned_data
        )
        if device:
            return HttpResponseRedirect(target)
    return render(request, "core/accounts/login_code.html", {"form": form, "next": target})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_factor_page(request):
    """Turn the second factor on, or move it to another phone."""
    user = request.user
    has_password = partial(throttling.has_password, request, user)
    form = EnrolForm(user, request.POST or None, has_password=has_password)
    try:
        is_right = request.method == "POST" and form.is_valid()
    except throttling.Locked as locked:
        return throttling.locked_response(request, locked.free_at)
    if is_right:
        code = form.cleaned_data["code"]
        device = perform(form, second_factor.enrol_second_factor, key=form.key, code=code, by=user)
        if device:
            second_factor.confirm(request, device)
            messages.success(request, presenters.SECOND_FACTOR_ON)
            return redirect("core:second_factor")
    context = {
        "form": form,
        "has_device": form.has_device,
        "is_required": second_factor.is_required(user),
        "qr_code": second_factor.qr_code(user, form.key),
        "readable_key": second_factor.readable_key(form.key),
    }
    return render(request, "core/accounts/second_factor.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request):
    has_password = partial(throttling.has_password, request, request.user)
    form = OwnPasswordForm(request.user, request.POST or None, has_password=has_password)
    try:
        is_right = request.method == "POST" and form.is_valid()
    except throttling.Locked as locked:
        return throttling.locked_response(request, locked.free_at)
    user = None
    if is_right:
        digest = make_password(form.cleaned_data["new_password1"])
        user = perform(form, accounts.change_own_password, digest=digest, by=request.user)
    if user:
        update_session_auth_hash(request, user)
        messages.success(request, presenters.CHANGED_AND_SIGNED_OUT)
        response = redirect("core:password_change")
        known_browsers.remember(response, request, user)
        return response
    return render(request, "core/accounts/password_change.html", {"form": form})
