"""The bars of budget and outcome: one in each row of the table that says the same in numbers."""

from typing import Any

from django import template

from governance.steering.budget import Line, Report

register = template.Library()
WIDTH = 1000


@register.simple_tag
def budget_scale(report: Report) -> Any:
    """Return the amount that fills a whole bar: the largest of the report's lines."""
    lines = [line for side in report.sides for line in side.lines]
    return max((max(line.budget, line.attested + line.waiting) for line in lines), default=0)


@register.inclusion_tag("governance/_budget_bar.html")
def budget_bar(line: Line, scale: Any) -> dict[str, Any]:
    """Draw a line's budget as a frame, what is attested filled, what waits hatched."""

    def part(amount: Any) -> int:
        return min(int(amount * WIDTH / scale), WIDTH) if scale else 0

    attested = part(line.attested)
    waiting = min(part(line.waiting), WIDTH - attested)
    return {"budget": part(line.budget), "attested": attested, "waiting": waiting, "line": line}
