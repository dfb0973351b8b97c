"""Who gains and loses what: the net effect, day by day."""

from datetime import date, timedelta

from roles.consequences import Consequence, Hold, consequences

TODAY = date(2026, 8, 15)
SEPTEMBER = date(2026, 9, 1)
BEFORE_SEPTEMBER = SEPTEMBER - timedelta(days=1)
LARS, KARIN, EVA = "Lars Nyström", "Karin Öberg", "Eva Lund"
SINCE = date(2020, 1, 1)


def shown(before: list[Hold], after: list[Hold]) -> list[Consequence]:
    return consequences(before, after, TODAY)


def clauses(one: Consequence) -> list[str]:
    return [entry.mandate.clause for entry in one.entries]


def test_a_handover_says_who_gets_and_who_loses_from_which_day() -> None:
    found = shown(
        [Hold(LARS, "forvaltningsledare", SINCE)],
        [
            Hold(LARS, "forvaltningsledare", SINCE, BEFORE_SEPTEMBER),
            Hold(KARIN, "forvaltningsledare", SEPTEMBER),
        ],
    )
    assert [c.heading for c in found] == [
        "Från och med 1 september 2026 får Karin Öberg mandaten:",
        "Från och med 1 september 2026 förlorar Lars Nyström samma mandat.",
    ]
    assert clauses(found[0]) == clauses(found[1])
    assert {"6.3.U1", "6.3.U4", "6.3.U5"} <= set(clauses(found[0]))
    assert "6.3.U6" not in clauses(found[0])


def test_what_is_kept_through_another_role_is_neither_gained_nor_lost() -> None:
    it = Hold(LARS, "forvaltningsledare_it", SINCE)
    gains, loses, keeps = shown(
        [Hold(LARS, "forvaltningsledare", SINCE), it],
        [
            Hold(LARS, "forvaltningsledare", SINCE, BEFORE_SEPTEMBER),
            Hold(KARIN, "forvaltningsledare", SEPTEMBER),
            it,
        ],
    )
    assert (gains.kind, loses.kind, keeps.kind) == ("gains", "loses", "keeps")
    assert "6.3.U1" in clauses(gains)
    assert "6.3.U1" not in clauses(loses)
    assert "6.3.U4" in clauses(loses)
    assert "6.3.U1" in clauses(keeps)
    assert keeps.heading == "Lars Nyström behåller genom en annan roll:"
    assert {e.through.code for e in keeps.entries if e.through} == {"forvaltningsledare_it"}


def test_a_substitute_gains_for_a_period_and_nobody_loses() -> None:
    held = Hold(EVA, "objektagare", SINCE)
    last = date(2026, 9, 30)
    (one,) = shown([held], [held, Hold(KARIN, "objektagare", SEPTEMBER, last)])
    assert one.heading == (
        "Från och med 1 september 2026 till och med 30 september 2026 får Karin Öberg mandaten:"
    )


def test_a_change_from_a_past_day_counts_from_today() -> None:
    (one,) = shown([], [Hold(KARIN, "objektagare", SINCE)])
    assert one.heading == "Från och med i dag får Karin Öberg mandaten:"


def test_what_has_ended_before_today_changes_nothing() -> None:
    assert not shown([], [Hold(KARIN, "objektagare", SINCE, date(2021, 1, 1))])


def test_taking_back_gives_the_predecessor_the_days_again() -> None:
    found = shown(
        [
            Hold(LARS, "forvaltningsledare", SINCE, BEFORE_SEPTEMBER),
            Hold(KARIN, "forvaltningsledare", SEPTEMBER),
        ],
        [Hold(LARS, "forvaltningsledare", SINCE)],
    )
    assert [(c.kind, c.party, c.start, c.end) for c in found] == [
        ("gains", LARS, SEPTEMBER, None),
        ("loses", KARIN, SEPTEMBER, None),
    ]


def test_a_role_on_one_system_is_said_to_be() -> None:
    (one,) = shown([], [Hold(KARIN, "systemforvaltare", TODAY, None, "Alva")])
    assert {entry.system for entry in one.entries} == {"Alva"}


def test_from_one_system_to_the_whole_object_is_a_gain_and_no_loss() -> None:
    found = shown(
        [Hold(KARIN, "systemforvaltare", SINCE, None, "Alva")],
        [Hold(KARIN, "systemforvaltare", SINCE)],
    )
    assert [c.kind for c in found] == ["gains"]
    assert {entry.system for entry in found[0].entries} == {None}


def test_from_the_whole_object_to_one_system_is_a_loss_with_that_system_left() -> None:
    found = shown(
        [Hold(KARIN, "systemforvaltare", SINCE)],
        [Hold(KARIN, "systemforvaltare", SINCE, None, "Alva")],
    )
    assert [c.kind for c in found] == ["loses"]


def test_nothing_changed_is_nothing_said() -> None:
    held = [Hold(EVA, "objektagare", SINCE), Hold(LARS, "objektagare_it", SINCE, SEPTEMBER)]
    assert shown(held, list(held)) == []
