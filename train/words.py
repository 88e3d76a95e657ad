"""What the network sees of a word: the twin of src/syntax/features.c.

Both must give the same rows for the same word, to the bit; train/check.py
compares them.
"""
MASK = (1 << 64) - 1
OFFSET, PRIME = 0xcbf29ce484222325, 0x100000001b3

PREFIXES = 4            # prefixes of 1 .. 4 characters
SUFFIXES = 5            # suffixes of 1 .. 5 characters
PIECES = PREFIXES + SUFFIXES + 1    # and the shape
SHAPE_LENGTH = 8        # characters of a shape that count


def lower_character(c):
    """Lower case of one code point in the Latin, Greek and Cyrillic blocks;
    all others stay as they are."""
    n = ord(c)
    if n < 0x80:
        return n + 32 if 65 <= n <= 90 else n
    if 0xC0 <= n <= 0xDE:
        return n if n == 0xD7 else n + 32
    if 0x100 <= n <= 0x137 or 0x14A <= n <= 0x177 or 0x1E00 <= n <= 0x1EFF or 0x460 <= n <= 0x481:
        return n | 1 if n not in (0x130, 0x131) else n
    if 0x139 <= n <= 0x148 or 0x179 <= n <= 0x17E:
        return n + 1 if n & 1 else n
    if n == 0x178:
        return 0xFF
    if 0x391 <= n <= 0x3A9 and n != 0x3A2:
        return n + 32
    if 0x410 <= n <= 0x42F:
        return n + 32
    if 0x400 <= n <= 0x40F:
        return n + 80
    return n


def lower(form):
    return "".join(chr(lower_character(c)) for c in form)


def is_lower_letter(c):
    """A letter that is the lower case of another one, so far as we know case."""
    n = ord(c)
    if n < 0x80:
        return 97 <= n <= 122
    if n < 0x100:
        return 0xDF <= n and n != 0xF7
    return (lower_character(c) == n
            and (0x100 <= n <= 0x17F or 0x3AC <= n <= 0x3CE or 0x430 <= n <= 0x45F
                 or 0x1E00 <= n <= 0x1EFF or 0x461 <= n <= 0x481))


def normal(form):
    """Lower case, every digit a 0."""
    return "".join("0" if "0" <= c <= "9" else chr(lower_character(c)) for c in form)


def shape(form):
    """'Bagdad' is Xx, 'EUA' X, '1,5' 0,0: kinds of characters, runs shortened."""
    out = []
    for c in form:
        if "0" <= c <= "9":
            kind = "0"
        elif lower_character(c) != ord(c):
            kind = "X"
        elif is_lower_letter(c):
            kind = "x"
        elif ord(c) < 0x80:
            kind = c
        else:
            kind = "?"
        # a single capital is told from a run of them: 'Rui' Xx, 'EUA' XX
        if len(out) >= 2 and out[-1] == kind and out[-2] == kind:
            continue
        if out and out[-1] == kind and kind != "X":
            continue
        out.append(kind)
        if len(out) == SHAPE_LENGTH:
            break
    return "".join(out)


def hash_bytes(start, data):
    h = start
    for b in data:
        h = ((h ^ b) * PRIME) & MASK
    return h


def finish(h):
    """The final mixing of MurmurHash3."""
    h ^= h >> 33
    h = (h * 0xff51afd7ed558ccd) & MASK
    h ^= h >> 33
    h = (h * 0xc4ceb9fe1a85ec53) & MASK
    return h ^ (h >> 33)


def word_key(form):
    """The 64-bit key of the word in the vocabulary."""
    return finish(hash_bytes(hash_bytes(OFFSET, b"w"), normal(form).encode()))


def pieces(form, buckets):
    """PIECES rows of the table of word pieces. A word too short for a piece
    takes the piece of the whole word."""
    characters = [c.encode() for c in normal(form)]
    rows = []
    h = hash_bytes(OFFSET, b"p")
    for i in range(PREFIXES):
        if i < len(characters):
            h = hash_bytes(h, characters[i])
        rows.append(finish((h + i) & MASK) % buckets)
    h = hash_bytes(OFFSET, b"s")
    for i in range(SUFFIXES):
        if i < len(characters):
            h = hash_bytes(h, characters[-1 - i])
        rows.append(finish((h + i) & MASK) % buckets)
    rows.append(finish(hash_bytes(hash_bytes(OFFSET, b"x"), shape(form).encode())) % buckets)
    return rows
