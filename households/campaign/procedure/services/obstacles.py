"""What holds up a step of a village, in sentences: said on its pages, and where it is refused."""

from collections.abc import Iterable

from households.campaign.procedure.selectors.steps import StepObstacle, VillageSteps
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first

SENTENCES = {
    StepObstacle.NOTHING_LISTED: "Thôn không có hộ nào trong danh sách rà soát.",
    StepObstacle.NOT_FINISHED: "Chưa hoàn thành rà soát.",
    StepObstacle.NOT_MET: "Chưa họp dân.",
    StepObstacle.NOT_POSTED: "Chưa niêm yết.",
    StepObstacle.POSTED: "Kết quả đã niêm yết.",
    StepObstacle.HANGING: "Đang niêm yết đến hết ngày {until}.",
    StepObstacle.COMPLAINTS: "Còn {complaints} khiếu nại, phản ánh chưa giải quyết.",
}


def obstacle_sentence(steps: VillageSteps, obstacle: StepObstacle | None) -> str:
    """One of the obstacles of a village; empty where there is none."""
    if obstacle is None:
        return ""
    return SENTENCES[obstacle].format(
        complaints=steps.open_complaints,
        until=formatting.day(steps.posting.until) if steps.posting else "",
    )


def village_obstacles(steps: Iterable[VillageSteps]) -> list[str]:
    """One line for each village that cannot be submitted yet."""
    return [
        f"{step.village}: {obstacle_sentence(step, step.obstacle)}"
        for step in steps
        if step.obstacle
    ]


def villages_with_obstacle(steps: Iterable[VillageSteps]) -> list[str]:
    """The same villages as parts of a sentence, each with what holds it up in brackets."""
    return [
        f"{step.village} ({lower_first(obstacle_sentence(step, step.obstacle)).rstrip('.')})"
        for step in steps
        if step.obstacle
    ]
