"""Numbers as spreadsheets show them."""

import pytest

from plugins.disclosure.importers.number_format import ShownNumber, shown_number


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (5, '0"元/户"', "5元/户"),
        (5, "0元", "5元"),
        (7, "000", "007"),
        (1234.5, "¥#,##0.00", "¥1,234.50"),
        (1234567, "[$¥-804]#,##0.00", "¥1,234,567.00"),
        (1234, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1,234.00"),
        (0, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥-"),
        (-5, "0;[Red](0)", "(5)"),
        (-5, "0.0", "-5.0"),
        (0, '0;-0;"无"', "无"),
        (12_000, '0.0,"千元"', "12.0千元"),
        (1500, '[>=1000]0.0,"千";0', "1.5千"),
        (500, '[>=1000]0.0,"千";0', "500"),
        (12345678901, "000\\-0000\\-0000", "123-4567-8901"),
        (20240308, '0000"-"00"-"00', "2024-03-08"),
        (0.5, "#.##", ".5"),
        (5, 'General"件"', "5件"),
        (5, "@", "5"),
        (12.6, "General", "12.6"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value, format_, shown):
    assert shown_number(value, format_) == ShownNumber(shown, exact=True)


@pytest.mark.parametrize(
    "format_", ["0.00E+00", "# ?/?", "[DBNum1]0", "[>=]0", "[>1]0", ";;;", '0"没有配对', "yyyy"]
)
def test_a_format_with_anything_else_is_not_guessed_at(format_):
    assert shown_number(0, format_) is None
