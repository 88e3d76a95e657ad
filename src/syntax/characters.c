#include "syntax/characters.h"

static CharacterKind kind_of_category(int8_t category)
{
    switch (category) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
        return CHARACTER_CAPITAL;
    case U_LOWERCASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
        return CHARACTER_SMALL;
    case U_DECIMAL_DIGIT_NUMBER:
        return CHARACTER_DIGIT;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_FORMAT_CHAR:
        return CHARACTER_MARK;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
        return CHARACTER_SPACE;
    default:
        return CHARACTER_SIGN;
    }
}

/* clang-format off */
enum { _ = CHARACTER_SPACE, S = CHARACTER_SIGN, D = CHARACTER_DIGIT, a = CHARACTER_SMALL, A = CHARACTER_CAPITAL };

const uint8_t character_kinds[128] = {
    _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _,
    _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _,
    _, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    D, D, D, D, D, D, D, D, D, D, S, S, S, S, S, S,
    S, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, S, S, S, S, S,
    S, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a,
    a, a, a, a, a, a, a, a, a, a, a, S, S, S, S, _,
};
/* clang-format on */

CharacterKind character_kind_beyond(uint32_t c)
{
    /* The zero width space parts words; skin tones belong to their emoji. */
    if (c == 0x200B || c == 0xFEFF)
        return CHARACTER_SPACE;
    if (c >= 0x1F3FB && c <= 0x1F3FF)
        return CHARACTER_MARK;
    return kind_of_category(u_charType((UChar32)c));
}
