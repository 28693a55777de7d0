from households.need_files.views import need_pages

urlpatterns = need_pages.paths("needs/register/")
