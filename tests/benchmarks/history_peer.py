"""`django-simple-history`, as its documentation uses it: a history table beside the model, and `as_of`."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

__all__ = ["as_of_history"]

_BEGUN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def as_of_history(path: Path, *, objects: int, versions: int) -> Callable[[], object]:
    """So many objects with so many versions each; gives what reads all of them as of the middle of their history."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True,
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command
    from django.db import connection, models
    from simple_history.models import HistoricalRecords

    class Duty(models.Model):
        text = models.TextField()
        unit = models.CharField(max_length=40)
        status = models.CharField(max_length=40)
        due_on = models.DateField(null=True)
        history = HistoricalRecords()

        class Meta:
            app_label = "simple_history"

    history = Duty.history.model
    path.unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Duty)
        editor.create_model(history)
    fields = {"text": "x" * 300, "unit": "b7", "status": "assigned", "due_on": _BEGUN.date()}
    Duty.objects.bulk_create([Duty(id=number, **fields) for number in range(1, objects + 1)], batch_size=500)
    for version in range(versions):
        at = _BEGUN + dt.timedelta(days=version)
        changed = [history(id=number, **fields, history_date=at, history_type="~") for number in range(1, objects + 1)]
        history.objects.bulk_create(changed, batch_size=500)
    middle = _BEGUN + dt.timedelta(days=versions // 2)
    return lambda: sum(1 for _ in Duty.history.as_of(middle))
