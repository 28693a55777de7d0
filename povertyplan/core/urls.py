from django.urls import path

from povertyplan.core.accounts.views import signing_in, users
from povertyplan.core.journal import views as journal
from povertyplan.core.periods import views as periods
from povertyplan.core.platform.views import jobs, pages
from povertyplan.core.units import views as units
from povertyplan.core.wards import views as wards

app_name = "core"

urlpatterns = [
    path("", pages.home, name="home"),
    path("login/", signing_in.LoginView.as_view(), name="login"),
    path("login/code/", signing_in.login_code, name="login_code"),
    path("kept/<uuid:key>/", signing_in.kept_form, name="kept_form"),
    path("logout/", signing_in.LogoutView.as_view(), name="logout"),
    path("account/password/", signing_in.password_change, name="password_change"),
    path("account/second-factor/", signing_in.second_factor_page, name="second_factor"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("jobs/<int:pk>/restart/", jobs.job_restart, name="job_restart"),
    path("audit/", journal.audit_list, name="audit_list"),
    path("audit/<int:pk>/", journal.audit_detail, name="audit_detail"),
    path("audit/access/", journal.access_list, name="access_list"),
    path("settings/", pages.settings_list, name="settings_list"),
    path("setup/", wards.ward_new, name="ward_new"),
    path("settings/ward/", wards.ward_detail, name="ward_detail"),
    path("settings/ward/edit/", wards.ward_edit, name="ward_edit"),
    path("settings/periods/", periods.period_list, name="period_list"),
    path("settings/periods/lock/", periods.period_lock, name="period_lock"),
    path("settings/periods/<int:pk>/release/", periods.period_release, name="period_release"),
    path("settings/units/", units.unit_list, name="unit_list"),
    path("settings/units/new/", units.unit_new, name="unit_new"),
    path("settings/units/paste/", units.unit_paste, name="unit_paste"),
    path("settings/units/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("settings/units/<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("settings/units/<int:pk>/end/", units.unit_end, name="unit_end"),
    path("settings/users/", users.user_list, name="user_list"),
    path("settings/users/new/", users.user_new, name="user_new"),
    path("settings/users/<int:pk>/", users.user_detail, name="user_detail"),
    path("settings/users/<int:pk>/roles/new/", users.role_grant, name="role_grant"),
    path("settings/users/<int:pk>/roles/<int:grant_pk>/end/", users.role_end, name="role_end"),
    path("settings/users/<int:pk>/password/", users.password_issue, name="password_issue"),
    path("settings/users/<int:pk>/second-factor/", users.device_remove, name="device_remove"),
    path("settings/users/<int:pk>/disable/", users.user_disable, name="user_disable"),
    path("settings/users/<int:pk>/enable/", users.user_enable, name="user_enable"),
    path("healthz", pages.healthz, name="healthz"),
    path("styleguide/", pages.styleguide, name="styleguide"),
]
