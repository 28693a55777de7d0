from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from reports.todo.tasks import build_todo


@require_safe
def todo(request):
    groups = build_todo(user=request.user, today=clock.today())
    return render(request, "reports/todo/todo.html", {"groups": groups})
