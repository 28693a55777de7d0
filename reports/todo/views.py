from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from reports.todo.setup_steps import missing_steps
from reports.todo.tasks import build_todo


@require_safe
def todo(request):
    context = {
        "groups": build_todo(user=request.user, today=clock.today()),
        "setup_steps": missing_steps(request.user),
    }
    return render(request, "reports/todo/todo.html", context)
