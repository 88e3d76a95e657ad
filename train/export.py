#!/usr/bin/env python3
"""Write the weights of one language as the file that src/syntax/model.c maps.

usage: export.py --weights FILE --data DIR --language L --treebank T --seen SPEC...
                 [--lemmas SPEC...] [--about "name: value"]... --out FILE

--seen are the treebanks of the language: words, features, scripts and relations
that occur in none of them are left out.  --treebank is the one whose convention
is followed; --lemmas those from which the table of lemmas is made.
"""
import argparse
import struct
from collections import Counter, defaultdict

import numpy
import torch

import treebank as tb
import words as w
from train import NO_FEATURES, Vocabulary, load

VERSION, PANEL, LARGEST_CODE = 1, 16, 2047


def lemma_key(form, upos):
    h = w.hash_bytes(w.hash_bytes(w.OFFSET, b"l"), w.lower(form).encode())
    return w.finish((h + tb.UPOS.index(upos) + 1) & w.MASK)


def lemma_table(sentences, script_id, least_count=1, least_share=0.95):
    """{(form in lower case, tag): script} where a script is as good as certain."""
    seen = defaultdict(Counter)
    for s in sentences:
        for form, lemma, upos in zip(s.forms, s.lemmas, s.upos):
            if lemma != "_" or form == "_":
                seen[w.lower(form), upos][form, lemma] += 1
    table = {}
    for key, pairs in seen.items():
        # of the scripts that the pairs suggest, the one that is right most often
        scripts = {tb.lemma_script(form, lemma) for form, lemma in pairs} & script_id.keys()
        right = {script: sum(count for (form, lemma), count in pairs.items() if tb.apply_script(form, script) == lemma)
                 for script in sorted(scripts)}
        best = max(right, key=right.get, default=None)
        total = sum(pairs.values())
        if best and total >= least_count and right[best] >= least_share * total:
            table[key] = best
    return table


def hash_table(entries):
    """Linear probing, at most two thirds full: (keys, values)."""
    capacity = 16
    while capacity * 2 < len(entries) * 3:
        capacity *= 2
    keys, values = numpy.zeros(capacity, "<u8"), numpy.zeros(capacity, "<u4")
    for key, value in entries:
        i = key & (capacity - 1)
        while keys[i]:
            i = (i + 1) & (capacity - 1)
        keys[i], values[i] = key, value
    return keys, values


class Writer:
    def __init__(self):
        self.sections = []

    def add(self, name, data):
        assert len(name) <= 24 and name not in dict(self.sections)
        self.sections.append((name, data if isinstance(data, bytes) else data.tobytes()))

    def floats(self, name, tensor):
        self.add(name, numpy.ascontiguousarray(tensor.detach().numpy(), "<f4"))

    def rows(self, name, tensor):
        """8-bit weights with a scale for each row."""
        x = tensor.detach().numpy()
        scale = numpy.maximum(numpy.abs(x).max(1), 1e-8) / 127
        self.add(name, numpy.round(x / scale[:, None]).astype("i1"))
        self.add(name + ".scales", scale.astype("<f4"))

    def matrix(self, name, weight, bias=None):
        """weight (out, in) as 12-bit integers with a scale for each column, in
        panels of PANEL columns in which two rows stand side by side."""
        x = weight.detach().numpy()
        depth, columns = x.shape[1], -(-x.shape[0] // PANEL) * PANEL
        padded = numpy.zeros((columns, depth), "<f4")
        padded[:x.shape[0]] = x
        scale = (numpy.maximum(numpy.abs(padded).max(1), 1e-8) / LARGEST_CODE).astype("<f4")
        codes = numpy.round(padded / scale[:, None]).astype("<i2")
        panels = codes.reshape(-1, PANEL, depth // 2, 2).transpose(0, 2, 1, 3)
        self.add(name, numpy.ascontiguousarray(panels))
        self.add(name + ".scale", scale)
        if bias is not None:
            b = numpy.zeros(columns, "<f4")
            b[:x.shape[0]] = bias.detach().numpy()
            self.add(name + ".bias", b)

    def layer(self, name, weights, theirs):
        self.floats(name + "gain", weights[theirs + "norm.weight"])
        self.floats(name + "norm", weights[theirs + "norm.bias"])
        self.floats(name + "taps", weights[theirs + "taps"])
        self.matrix(name + "gates", weights[theirs + "gates.weight"], weights[theirs + "gates.bias"])

    def strings(self, name, strings):
        encoded = [s.encode() for s in strings]
        starts = numpy.cumsum([0] + [len(e) for e in encoded]).astype("<u4")
        self.add(name, b"".join(encoded))
        self.add(name + ".starts", starts)

    def keys(self, name, entries):
        keys, values = hash_table(entries)
        self.add(name + ".keys", keys)
        self.add(name + ".values", values)

    def write(self, path):
        offset = 32 + 40 * len(self.sections)
        table, body = b"", b""
        for name, data in self.sections:
            body += b"\0" * (-(offset + len(body)) % 64)
            table += struct.pack("<24sQQ", name.encode(), offset + len(body), len(data))
            body += data
        header = struct.pack("<8sIIIIQ", b"RELATOSY", VERSION, 0x01020304, len(self.sections), 0,
                             offset + len(body))
        with open(path, "wb") as out:
            out.write(header + table + body)
        return offset + len(body)


def firsts(tags):
    """For each tag where its part of a list sorted by tag begins, and the end."""
    return numpy.cumsum([0] + [tags.count(i) for i in range(17)]).astype("<u4")


def export(weights, ends, v, shape, seen, lemma_sentences, treebank, about):
    n = weights
    seen_words = {w.normal(f) for s in seen for f in s.forms}
    word_rows = [0] + [i for x, i in v.word_id.items() if i and x in seen_words]
    seen_bundles = {u + " " + f for s in seen if s.treebank not in NO_FEATURES for u, f in zip(s.upos, s.feats)}
    bundles = [i for i, b in enumerate(v.bundles) if b in seen_bundles]
    tag_scripts = sorted({(v.upos_id[u], v.script_id.get(tb.lemma_script(f, lemma), -1))
                          for s in seen for f, lemma, u in zip(s.forms, s.lemmas, s.upos) if lemma != "_" or f == "_"})
    tag_scripts = [(u, i) for u, i in tag_scripts if i >= 0]
    scripts = sorted({i for _, i in tag_scripts})
    new_script = {i: k for k, i in enumerate(scripts)}
    seen_relations = {r for s in seen for r in s.relations} | {tb.main_relation(r) for s in seen for r in s.relations}
    relations = [i for i, r in enumerate(v.relations) if r in seen_relations]

    out = Writer()
    out.add("about", "".join(a + "\n" for a in about).encode())
    arc, relation = n["biaffine"].shape[0], n["relation_root"].shape[0]
    out.add("shape", numpy.array([shape["width"], shape["layers"], arc, relation, ends["reduce.weight"].shape[0]], "<u4"))

    word_weights = n["words.weight"][word_rows].clone()
    word_weights[0] = n["unknown"]
    out.rows("words", word_weights)
    out.rows("pieces", n["pieces.weight"])
    out.keys("vocabulary", [(w.word_key(v.words[i]), k) for k, i in enumerate(word_rows) if k])
    out.floats("input", n["treebank.weight"][v.treebank_id[treebank]])
    for i in range(shape["layers"]):
        out.layer("layer%d." % i, n, "blocks.%d." % i)

    out.floats("ends.gain", ends["norm.weight"])
    out.floats("ends.norm", ends["norm.bias"])
    out.matrix("ends.reduce", ends["reduce.weight"], ends["reduce.bias"])
    for i in range(2):
        out.layer("ends.layer%d." % i, ends, "blocks.%d." % i)
    out.floats("ends.last.gain", ends["end_norm.weight"])
    out.floats("ends.last.norm", ends["end_norm.bias"])
    out.matrix("ends", ends["end.weight"], ends["end.bias"])

    out.floats("tag.gain", n["tag_norm.weight"])
    out.floats("tag.norm", n["tag_norm.bias"])
    out.matrix("upos", n["upos.weight"], n["upos.bias"])
    feedback = torch.zeros(shape["width"], -(-17 // PANEL) * PANEL)
    feedback[:, :17] = n["tag_feedback.weight"]
    out.matrix("feedback", feedback)
    out.strings("features", [v.bundles[i].split(" ", 1)[1].replace("_", "", 1) for i in bundles])
    out.add("bundle.first", firsts([v.bundle_upos[i] for i in bundles]))
    out.floats("bundle", n["bundles.weight"][bundles])
    out.floats("bundle.bias", n["bundles.bias"][bundles])

    table = lemma_table(lemma_sentences, v.script_id)
    out.strings("scripts", [v.scripts[i] for i in scripts])
    out.keys("lemmas", [(lemma_key(form, upos), new_script[v.script_id[script]] + 1)
                        for (form, upos), script in sorted(table.items())])
    out.add("script.allowed", numpy.array([new_script[i] for _, i in tag_scripts], "<u4"))
    out.add("script.first", firsts([u for u, _ in tag_scripts]))
    out.floats("script", n["scripts.weight"][scripts])
    out.floats("script.bias", (n["scripts.bias"] + n["script_upos"])[:, scripts])

    out.floats("tree.gain", n["tree_norm.weight"])
    out.floats("tree.norm", n["tree_norm.bias"])
    out.matrix("dependent", n["dependent.weight"], n["dependent.bias"])
    out.matrix("head", n["head.weight"], n["head.bias"])
    out.matrix("biaffine", n["biaffine"].T)
    out.floats("head.weight", n["head_bias"])
    out.floats("root", n["root"])
    out.floats("distance", n["distance"])
    out.strings("relations", [v.relations[i] for i in relations])
    out.matrix("relation.child", n["relation_dependent.weight"], n["relation_dependent.bias"])
    out.matrix("relation.head", n["relation_head.weight"], n["relation_head.bias"])
    out.floats("relation.root", n["relation_root"])
    out.matrix("relation", n["relation.weight"][relations], n["relation.bias"][relations])
    print("words %d, features %d, lemmas %d, scripts %d, relations %d" % (
        len(word_rows), len(bundles), len(table), len(scripts), len(relations)))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--language", required=True)
    p.add_argument("--treebank", required=True)
    p.add_argument("--seen", nargs="+", required=True)
    p.add_argument("--lemmas", nargs="+")
    p.add_argument("--about", action="append", default=[])
    p.add_argument("--out", required=True)
    a = p.parse_args()
    saved = torch.load(a.weights)
    seen = [s for spec in a.seen for s in load(spec, a.data)[0]]
    lemmas = [s for spec in a.lemmas or a.seen for s in load(spec, a.data)[0]]
    about = ["language: " + a.language] + a.about + ["convention: " + a.treebank]
    size = export(saved["weights"], saved["boundaries"], Vocabulary.of(saved["vocabulary"]), saved["shape"], seen, lemmas, a.treebank, about).write(a.out)
    print("%s: %.1f MB" % (a.out, size / 1e6))


if __name__ == "__main__":
    main()
