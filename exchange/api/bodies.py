"""Arguments that many acts take, as pydantic takes them."""

from typing import Annotated

from pydantic import Field

from exchange.api.schemas import LONGEST_TEXT, Reason

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Line = Annotated[str, Field(max_length=200)]
REASON = {"reason": (Reason, "")}
REASON_REQUIRED = {"reason": (Annotated[str, Field(min_length=1, max_length=500)], ...)}
