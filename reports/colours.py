"""This file is the colours of a document on paper: for each tone its ground, ink and edge."""

from collections.abc import Mapping

from reports.document import Tone

HEAD = "E8EDF0"
LINE = "8A9097"
# dark words on a pale ground, seven to one or better, as on the pages of the app
TONES: Mapping[Tone, tuple[str, str, str]] = {
    Tone.RED: ("FFD9D4", "6B0F0A", "B3150C"),
    Tone.AMBER: ("FFE9B8", "4F3300", "D98200"),
    Tone.GREEN: ("D3EEDD", "0A4224", "0B7A3E"),
    Tone.BLUE: ("D6E6F7", "0B2F57", "1D5FA8"),
    Tone.NONE: ("EEEFF0", "383C40", "8A9097"),
}
