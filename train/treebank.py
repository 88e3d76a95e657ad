"""Reading CoNLL-U, and what is learnt from it: labels and lemma scripts."""
import re
from words import lower

FEATURES = set("""PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree
 VerbForm Mood Tense Aspect Voice Evident Polarity Person Polite""".split())
UPOS = """ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X""".split()


class Sentence:
    __slots__ = ("treebank", "forms", "lemmas", "upos", "feats", "heads", "relations", "text")

    def __init__(self, treebank):
        self.treebank = treebank
        self.forms, self.lemmas, self.upos, self.feats = [], [], [], []
        self.heads, self.relations, self.text = [], [], ""

    def __len__(self):
        return len(self.forms)


def universal(feats):
    """The features of the universal inventory, in order; '_' if none."""
    kept = sorted((f for f in feats.split("|") if f.split("=")[0] in FEATURES), key=str.lower)
    return "|".join(kept) or "_"


def read(path, treebank):
    """The sentences of a CoNLL-U file; multiword ranges and empty nodes are passed over."""
    sentences, sentence = [], Sentence(treebank)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if len(sentence):
                    sentences.append(sentence)
                sentence = Sentence(treebank)
            elif line.startswith("# text = "):
                sentence.text = line[9:]
            elif line[0] != "#":
                column = line.split("\t")
                if not column[0].isdigit():
                    continue
                sentence.forms.append(column[1])
                sentence.lemmas.append(column[2])
                sentence.upos.append(column[3])
                sentence.feats.append(universal(column[5]))
                sentence.heads.append(int(column[6]))
                sentence.relations.append(column[7])
    if len(sentence):
        sentences.append(sentence)
    return sentences


# A lemma script is "CASE STRIP APPEND": CASE l lower-cases the form, k keeps it,
# t lower-cases all but the first character; then STRIP characters are cut from
# the end (* is all of them) and APPEND is added.

def cased(form, case):
    if case == "l":
        return lower(form)
    return form if case == "k" else form[:1] + lower(form[1:])


def lemma_script(form, lemma):
    """The cheapest script that makes the lemma from the form."""
    best = None
    for case in "lkt":
        base = cased(form, case)
        shared = 0
        while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
            shared += 1
        cost = len(base) + len(lemma) - 2 * shared
        if best is None or cost < best[0]:
            strip = "*" if shared == 0 else str(len(base) - shared)
            best = cost, case + " " + strip + " " + lemma[shared:]
    return best[1]


def apply_script(form, script):
    case, strip, append = script.split(" ", 2)
    base = cased(form, case)
    if strip == "*":
        return append
    strip = int(strip)
    if strip >= len(base) and strip:
        return base
    return base[:len(base) - strip] + append


def main_relation(relation):
    return re.sub(":.*", "", relation)
