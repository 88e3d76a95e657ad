#!/usr/bin/env python3
"""Measures the language identification model.

    measure.py LIBRARY MODEL LANGUAGE:FILE...

LIBRARY  as for train.py
FILE     *.conllu, *.conll (a token a line), *.tsv (language, source, text: what
         train.py held out; one line for each source) or plain text with a
         sentence a line

Prints for every file how many of its texts of 100 characters or more, at most
--count of them, are given the right language ("other" is right for all that
the model does not tell apart): whole, their first 40 characters, the same 40
without accents, and all in capitals; then where the errors at 40 went.
"""
import argparse
import ctypes
import random
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

SHORTEST = 100


class String(ctypes.Structure):
    _fields_ = [("at", ctypes.c_char_p), ("size", ctypes.c_size_t)]


class Identification(ctypes.Structure):
    _fields_ = [("code", ctypes.c_char_p), ("target", ctypes.c_bool), ("confidence", ctypes.c_double)]


class Identifier:
    def __init__(self, library, model):
        self.library = ctypes.CDLL(library)
        self.library.identify_language.argtypes = [ctypes.c_void_p, String]
        self.library.identify_language.restype = Identification
        self.library.identifier_open.argtypes = [ctypes.c_void_p, String, ctypes.c_void_p]
        self.library.identifier_open.restype = ctypes.c_bool
        self.file = Path(model).read_bytes()
        self.identifier = ctypes.create_string_buffer(256)
        if not self.library.identifier_open(self.identifier, String(self.file, len(self.file)), None):
            raise SystemExit(f"{model}: cannot be used")

    def identify(self, text):
        data = text.encode("utf-8")
        found = self.library.identify_language(self.identifier, String(data, len(data)))
        return found.code.decode() if found.target else "other", found.code.decode(), found.confidence


def joined(tokens):
    text = re.sub(r" ([.,;:!?)\]»%]|'s\b|n't\b)", r"\1", " ".join(tokens))
    return re.sub(r"([(\[«¿¡]) ", r"\1", text)


def texts(path):
    """(name, text) of a file."""
    path = Path(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    if path.suffix == ".conllu":
        for line in lines:
            if line.startswith("# text = "):
                yield path.stem, line[9:]
    elif path.suffix == ".conll":
        tokens = []
        for line in lines:
            if line.strip() and not line.startswith("# "):
                tokens.append(line.split("\t")[0].split(" ")[0])
            elif tokens:
                yield path.stem, joined(tokens)
                tokens = []
    else:
        for line in lines:
            yield path.stem, line


def sentences(text):
    """A long document in pieces of about a sentence."""
    words, piece = text.split(" "), ""
    for word in words:
        piece = f"{piece} {word}".strip()
        if len(piece) > 170:
            yield piece
            piece = ""


def gather(arguments):
    """{(language, name): [text]}"""
    found = defaultdict(list)
    for argument in arguments:
        language, _, path = argument.partition(":")
        if path.endswith(".tsv"):
            for line in Path(path).read_text(encoding="utf-8").splitlines():
                tag, source, text = line.split("\t")
                if language in ("", tag):
                    found[tag, "held-out " + source] += sentences(text)
        else:
            for name, text in texts(path):
                found[language, name].append(text)
    return found


def without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


FORMS = {
    "whole": lambda text: text,
    "40": lambda text: text[:40],
    "40 bare": lambda text: without_accents(text[:40]),
    "40 CAPS": lambda text: text[:40].upper(),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("model")
    parser.add_argument("files", nargs="+", metavar="LANGUAGE:FILE")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    identifier = Identifier(options.library, options.model)
    print(f"{'':35} {'texts':>5}", *(f"{form:>8}" for form in FORMS), " errors at 40")
    for (language, name), candidates in sorted(gather(options.files).items()):
        candidates = sorted({text for text in candidates if len(text) >= SHORTEST})
        chosen = random.Random(1).sample(candidates, min(options.count, len(candidates)))
        if not chosen:
            continue
        wanted = language if language in ("pt", "es", "en") else "other"
        rates, wrong = [], Counter()
        for form, change in FORMS.items():
            right = 0
            for text in chosen:
                got, code, confidence = identifier.identify(change(text))
                right += got == wanted
                if got != wanted and form == "40":
                    wrong[code] += 1
                if got != wanted and form in ("whole", "40") and options.errors:
                    print(f"  {language} {form} {code} {confidence:.2f} {change(text)}")
            rates.append(f"{100 * right / len(chosen):8.1f}")
        print(f"{language + ' ' + name:35} {len(chosen):5}", *rates, " ",
              ", ".join(f"{code} {count}" for code, count in wrong.most_common(5)))


if __name__ == "__main__":
    main()
