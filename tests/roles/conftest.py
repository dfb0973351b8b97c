"""What tests of roles share: the people around one object."""

import pytest

from tests.roles.staffing_case import Case


@pytest.fixture
def case() -> Case:
    return Case()
