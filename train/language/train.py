#!/usr/bin/env python3
"""Trains the language identification model.

    train.py LIBRARY TEXT MODEL

LIBRARY  src/language/identify.c with src/core as a shared library: the features
         are those of the program itself
TEXT     what collect.py wrote
MODEL    the file to write; src/language/identify.c documents the format

Every text is cut into crops as short as a headline and as long as a few
paragraphs, then some lose their accents and some get their names exchanged for
names of other languages, so that names, which travel, weigh little. A
multinomial logistic regression over hashed features learns from the crops; its
weights are stored as 8-bit integers. One document in twenty is left for
measuring.
"""
import argparse
import ctypes
import math
import random
import re
import struct
import unicodedata
import zlib
from collections import defaultdict

import numpy
import torch

TARGETS = ["pt", "es", "en"]
OTHERS = ["gl", "ca", "fr", "it", "ro", "la", "ast", "oc", "eu", "de", "nl"]
REST = "mis"  # ISO 639-2: a language without a code here; all that is not named above
LANGUAGES = TARGETS + OTHERS + [REST]
COLUMNS = 16

# How often a language is drawn: what news is read in comes first, then its
# nearest relatives, which need many examples to be told apart.
SHARES = {"pt": 22, "es": 22, "en": 20, "gl": 12, "ca": 8, "fr": 5, "it": 5, "ast": 3, REST: 7}
OTHER_SHARE = 2

# How much likelier than in the draw a language is in use. Names alone, of which
# short titles may consist, are then taken for English rather than for one of
# the world's other languages.
IN_USE = {"en": 2, REST: 0.5}

# Sources are drawn by the square root of their size, times this: running prose
# counts more than manuals and messages.
PROSE = {"treebank": 5, "stellarium": 2, "udhr": 2, "wesnoth": 2}

# Creoles and relatives of the targets too near to be kept out of them.
LEFT_OUT = {"pcm", "mwl", "lad", "sco", "simple", "ext"}

SHORTEST, LONGEST = 15, 500  # characters of a crop
# A name within a sentence: capitalised words, perhaps with small ones between
# them (Movimento dos Trabalhadores).
NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-Þ][^\W\d_]{2,}(?: (?:[a-zà-ÿ]{1,3} ){0,2}[A-ZÀ-Þ][^\W\d_]{2,})*")
NAME_SOURCES = {"treebank", "stellarium", "kgeography", "wesnoth", "widelands", "handbook", "udhr"}


def load(path, left_out_sources):
    """{language: {source: [document text]}} for training, and the same for measuring."""
    train, held_out = (defaultdict(lambda: defaultdict(lambda: defaultdict(list))) for _ in range(2))
    with open(path, encoding="utf-8") as file:
        for line in file:
            tag, source, document, text = line.rstrip("\n").split("\t")
            if tag in LEFT_OUT:
                continue
            language = tag if tag in LANGUAGES else REST
            part = zlib.crc32(f"{source} {document}".encode()) % 20
            measure = part == 0 or source in left_out_sources
            (held_out if measure else train)[language][source][tag + document].append(text)
    return tuple({language: {source: [" ".join(texts) for texts in documents.values()]
                             for source, documents in sources.items()}
                  for language, sources in data.items()} for data in (train, held_out))


def without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Crops:
    """Draws (text, language number) at random."""

    def __init__(self, data, seed):
        self.random = random.Random(seed)
        self.data, self.sources = data, {}
        for language, sources in data.items():
            names = list(sources)
            sizes = [sum(map(len, sources[name])) for name in names]
            weights = [math.sqrt(size) * PROSE.get(name, 1) for name, size in zip(names, sizes)]
            self.sources[language] = (names, weights)
        self.shares = [SHARES.get(language, OTHER_SHARE) for language in LANGUAGES]
        # German writes all nouns with a capital.
        self.names = [name for language, sources in data.items() if language != "de"
                      for source, documents in sources.items() if source in NAME_SOURCES
                      for document in documents for name in NAME.findall(document)[:20]]

    def exchange_names(self, text):
        text = NAME.sub(lambda match: self.random.choice(self.names)
                        if self.random.random() < 0.7 else match.group(), text)
        if self.random.random() < 0.5:
            words = text.split(" ")
            words.insert(self.random.randrange(len(words) + 1),
                         " ".join(self.random.choices(self.names, k=self.random.randint(1, 2))))
            text = " ".join(words)
        return text

    def draw(self):
        pick = self.random
        language = pick.choices(LANGUAGES, self.shares)[0]
        names, weights = self.sources[language]
        document = pick.choice(self.data[language][pick.choices(names, weights)[0]])
        length = int(math.exp(pick.uniform(math.log(SHORTEST), math.log(LONGEST))))
        start = pick.randrange(max(1, len(document) - length + 1))
        if start > 0:
            start = document.find(" ", start) + 1  # a word's beginning; 0 if there is none
        text = document[start:start + length]
        if pick.random() < 0.5:  # else it may end within a word
            text = text.rpartition(" ")[0] or text
        if pick.random() < 0.45:
            text = self.exchange_names(text)
        if pick.random() < 0.15:
            text = without_accents(text)
        return text, LANGUAGES.index(language)


class Features:
    def __init__(self, library, bits):
        class String(ctypes.Structure):
            _fields_ = [("at", ctypes.c_char_p), ("size", ctypes.c_size_t)]

        self.string, self.bits = String, bits
        self.rows = numpy.zeros(1 << 16, dtype=numpy.uint32)
        self.function = ctypes.CDLL(library).identify_rows
        self.function.argtypes = [String, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_size_t]
        self.function.restype = ctypes.c_size_t

    def of(self, text):
        data = text.encode("utf-8")
        count = self.function(self.string(data, len(data)), self.bits, self.rows.ctypes.data, self.rows.size)
        return self.rows[:count].astype(numpy.int32)


def batch(crops, features, size):
    rows, offsets, labels = [], [0], []
    while len(labels) < size:
        text, label = crops.draw()
        found = features.of(text)
        if len(found):
            rows.append(found)
            offsets.append(offsets[-1] + len(found))
            labels.append(label)
    counts = torch.tensor([len(found) for found in rows], dtype=torch.float32)
    return torch.from_numpy(numpy.concatenate(rows)), torch.tensor(offsets[:-1]).int(), counts, torch.tensor(labels)


def train(crops, features, batches, size, rate, decay):
    weights = torch.zeros(1 << features.bits, COLUMNS, requires_grad=True)
    bias = torch.zeros(len(LANGUAGES), requires_grad=True)
    optimizer = torch.optim.Adam([weights, bias], lr=rate)
    average = 0.0
    for step in range(batches):
        for group in optimizer.param_groups:
            group["lr"] = rate * (1 - step / batches)
        rows, offsets, counts, labels = batch(crops, features, size)
        sums = torch.nn.functional.embedding_bag(rows, weights, offsets, mode="sum")
        logits = bias + (sums / counts.sqrt()[:, None])[:, :len(LANGUAGES)]
        loss = torch.nn.functional.cross_entropy(logits, labels)
        optimizer.zero_grad()
        (loss + decay * weights.square().sum()).backward()
        optimizer.step()
        average += (loss.item() - average) / min(step + 1, 200)
        if step % 200 == 199:
            print(f"batch {step + 1}: loss {average:.4f}", flush=True)
    in_use = numpy.log([IN_USE.get(language, 1) for language in LANGUAGES])
    return weights.detach().numpy(), bias.detach().numpy() + in_use


def checksum(data):
    words = numpy.frombuffer(data, dtype="<u4").astype(numpy.uint64)
    total, total_of_totals = int(words.sum()), int(numpy.cumsum(words).sum())
    return int((total ^ total >> 32 ^ total_of_totals ^ total_of_totals >> 32) & 0xFFFFFFFF)


def write(path, bits, weights, bias):
    # The few largest weights are clipped, so that the rest keeps its precision.
    scale = float(numpy.quantile(numpy.abs(weights), 0.9999)) / 127
    table = numpy.clip(numpy.rint(weights / scale), -127, 127).astype(numpy.int8)
    table[:, len(LANGUAGES):] = 0
    codes = b"".join(code.encode().ljust(4, b"\0") for code in LANGUAGES).ljust(4 * COLUMNS, b"\0")
    body = codes + numpy.pad(bias, (0, COLUMNS - len(bias))).astype("<f4").tobytes() + table.tobytes()
    body = struct.pack("<IIIIf", 1, len(LANGUAGES), len(TARGETS), bits, scale) + body
    with open(path, "wb") as file:
        file.write(b"RelatoLI" + struct.pack("<I", checksum(body)) + body)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("text")
    parser.add_argument("model")
    parser.add_argument("--bits", type=int, default=16, help="the table has 2^bits rows of 16 bytes")
    parser.add_argument("--batches", type=int, default=2500)
    parser.add_argument("--size", type=int, default=400, help="crops in a batch")
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--decay", type=float, default=1e-7)
    parser.add_argument("--without", default="", help="sources to leave out, with commas")
    parser.add_argument("--held-out", help="writes what was left for measuring here: language, source, text")
    options = parser.parse_args()

    torch.set_num_threads(1)
    train_data, held_out = load(options.text, options.without.split(","))
    if options.held_out:
        with open(options.held_out, "w", encoding="utf-8") as file:
            for language, sources in held_out.items():
                for source, documents in sources.items():
                    for document in documents:
                        print(language, source, document, sep="\t", file=file)
    features = Features(options.library, options.bits)
    weights, bias = train(Crops(train_data, 1), features, options.batches, options.size, options.rate, options.decay)
    write(options.model, options.bits, weights, bias)


if __name__ == "__main__":
    main()
