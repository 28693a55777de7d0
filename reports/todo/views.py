from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from povertyplan.core import clock
from reports.todo.presenters import GONE, describe_finished
from reports.todo.services import finish_task, restore_tasks
from reports.todo.setup_steps import missing_steps
from reports.todo.tasks import read_todo


@require_safe
def todo(request):
    found = read_todo(user=request.user, today=clock.today())
    context = {
        "groups": found.groups,
        "finished": found.finished,
        "setup_steps": missing_steps(request.user),
    }
    return render(request, "reports/todo/todo.html", context)


@require_POST
def todo_finish(request):
    """Put away the line with the key that was sent."""
    found = read_todo(user=request.user, today=clock.today())
    task = found.find(request.POST.get("key", ""))
    if task is None:
        messages.error(request, GONE)
    else:
        finish_task(key=task.key, by=request.user)
        messages.success(request, describe_finished(task))
    return redirect("reports:todo")


@require_POST
def todo_restore(request):
    """Bring back what the user put away."""
    restore_tasks(by=request.user)
    return redirect("reports:todo")
