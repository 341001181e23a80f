"""How lists count: the numerals of offices, from a number to what is printed."""

__all__ = ["bullet", "counted", "roman"]

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_ROMAN, _MOST_LETTERS, _MOST = 3999, 26 * 26, 10**9
_DASHES = "-–—‒−‐‑"
_PLAIN = "+*•·▪►➢✓○●□◦→"


def roman(number: int) -> str:
    """Return 4 as "IV"; beyond what is written so, decimal."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    out = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def _letters(number: int) -> str:
    """Return 1 as "a", 27 as "aa", as word processors count."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def counted(number: int, style: str) -> str:
    """Return a number in a style of .docx (`upperRoman`), .odt and .html (`I`); an unknown style counts in decimals."""
    number = max(-_MOST, min(number, _MOST))
    match style:
        case "upperRoman" | "I":
            return roman(number)
        case "lowerRoman" | "i":
            return roman(number).lower()
        case "upperLetter" | "A":
            return _letters(number).upper()
        case "lowerLetter" | "a":
            return _letters(number)
        case "decimalZero" | "01":
            return f"{number:02d}"
        case "none" | "":
            return ""
        case _:
            return str(number)


def bullet(sign: str) -> str:
    """Return the sign of a bullet as text; signs of symbol fonts have no meaning outside them."""
    sign = sign.strip()[:1]
    if sign in _DASHES and sign:
        return "-"
    if sign in _PLAIN and sign:
        return sign
    return "○" if sign == "o" else "•"
