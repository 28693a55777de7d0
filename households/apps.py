from importlib import import_module

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = "Hộ gia đình"

    def ready(self):
        from povertyplan.core.journal import acts

        acts.load_services(self.name)
        import_module("households.intake.jobs")  # names its long work
        import_module("households.certificates.household_page")  # what a household's page shows
        import_module("households.needs.household_page")
        import_module("households.person_facts.household_page")
        import_module("households.pledges.household_page")
        import_module("households.workers.household_page")
