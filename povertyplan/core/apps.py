from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "povertyplan.core"
    label = "core"
    verbose_name = "Hệ thống"

    def ready(self):
        from povertyplan.core.journal import acts

        import_module("povertyplan.core.accounts.sessions")  # listens to log-ins
        import_module("povertyplan.core.accounts.second_factor")  # the same
        import_module("povertyplan.core.journal.access_log")  # names its act
        import_module("povertyplan.core.journal.readings")  # listens to the ends of requests
        import_module("povertyplan.core.platform.checks")
        import_module("povertyplan.core.database.grants")
        import_module("povertyplan.core.registers.jobs")  # names its long work
        import_module("povertyplan.core.units.role_uses")
        acts.load_services(self.name)
        pre_migrate.connect(_drop_triggers, sender=self)
        post_migrate.connect(_install_triggers, sender=self)


def _drop_triggers(plan=None, **kwargs):
    from povertyplan.core.database import upgrades
    from povertyplan.core.journal import triggers

    upgrades.look(plan)
    triggers.drop()


def _install_triggers(plan=None, **kwargs):
    from povertyplan.core.database import grants, upgrades
    from povertyplan.core.journal import triggers

    triggers.install()
    upgrades.take_in(plan)
    grants.give()
