"""Pages of a list whose rows are counted up to a limit: numbered from the start, and from the end.

Page 1 is the first and page -1 the last. Counting backwards leads to the end of a list that nobody
has counted; a number past the last one that is known does too.
"""

from typing import Any

from django.core.paginator import Page, Paginator


class NumberedPage(Page):
    """A page; `from_end` says which way it is counted."""

    from_end = False


class PageFromEnd(NumberedPage):
    """A page counted backwards: its number and its indexes are from the last row."""

    from_end = True

    @property
    def from_the_end(self) -> int:
        """Return the number as people say it: 1 is the last page."""
        return -self.number

    def has_next(self) -> bool:
        """Whether there is a page nearer to the end."""
        return self.number < -1

    def has_previous(self) -> bool:
        """Whether the page before can be counted from the end."""
        return self.number > -self.paginator.num_pages

    def next_page_number(self) -> int:
        """Return the number of the page nearer to the end."""
        return self.number + 1

    def previous_page_number(self) -> int:
        """Return the number of the page further from the end."""
        return self.number - 1

    def start_index(self) -> int:
        """Return how far from the end the page's last row is; 1 is the last row of all."""
        return self.paginator.per_page * (-self.number - 1) + 1

    def end_index(self) -> int:
        """Return how far from the end the page's first row is."""
        return self.paginator.per_page * -self.number


class Pages(Paginator):
    """The pages of `total` rows that somebody else fetches; of at least so many when there are `more`."""

    def __init__(self, total: int, per_page: int, *, more: bool = False) -> None:
        super().__init__([], per_page)
        self.count = total
        self.more = more

    def get_page(self, number: Any) -> NumberedPage:
        """Return the page that an address names, or the nearest there is; never raises."""
        try:
            asked = int(number)
        except (TypeError, ValueError):
            asked = 1
        if self.more and not 1 <= asked <= self.num_pages:
            return PageFromEnd([], max(min(asked, -1), -self.num_pages) if asked < 0 else -1, self)
        found: NumberedPage = super().get_page(asked)  # type: ignore[assignment]
        return found

    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)
