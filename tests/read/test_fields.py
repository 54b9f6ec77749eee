"""What a single value may be: telephone numbers."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from guide.read.fields import PhoneNumber

NUMBER = TypeAdapter(PhoneNumber)


@pytest.mark.parametrize(
    "number", ["096-328-2111", "0999-00-0003", "0120-279-338", "0570-078374", "090-0000-0000", "0800-000-0000", "110", "#8008"]
)
def test_numbers_that_can_be(number: str) -> None:
    assert NUMBER.validate_python(number) == number


@pytest.mark.parametrize(
    "number", ["096-329-68399", "096-328-211", "090-0000-000", "0963282111", "096－328－2111", "1100", "#80080", ""]
)
def test_a_digit_too_many_or_too_few(number: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(number)
