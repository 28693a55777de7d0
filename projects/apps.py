from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Dự án"

    def ready(self):
        from povertyplan.core.journal import acts

        acts.load_services(self.name)
