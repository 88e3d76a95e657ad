#!/usr/bin/env python3
"""Compare the program's analysis with the network's own, on the words of a file.

usage: check.py --weights FILE --treebank T --program BENCH --model MODEL FILE.conllu

BENCH is build/bench/syntax and MODEL what export.py made of the weights.  Tells
how many words have the same tag, features, lemma, and (where the network's best
heads are a tree) head and relation; exit status 1 if less than 99.5 % do.  They
differ where 8- and 12-bit weights turn a close decision, and in lemmas where the
table of lemmas has another opinion.
"""
import argparse
import os
import subprocess
import sys
import tempfile

import torch

import treebank as tb
from network import Network
from train import Vocabulary, predict


def is_tree(heads):
    def reaches_root(i):
        for _ in heads:
            if i == 0:
                return True
            i = heads[i - 1]
        return i == 0
    return heads.count(0) == 1 and all(reaches_root(i + 1) for i in range(len(heads)))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", required=True)
    p.add_argument("--treebank", required=True)
    p.add_argument("--program", required=True)
    p.add_argument("--model", required=True)
    p.add_argument("file")
    a = p.parse_args()
    saved = torch.load(a.weights)
    v = Vocabulary.of(saved["vocabulary"])
    net = Network(**saved["shape"])
    net.load_state_dict(saved["weights"])
    sentences = tb.read(a.file, a.treebank)
    with tempfile.NamedTemporaryFile(suffix=".conllu") as out:
        subprocess.run([a.program, a.model, a.file], stdout=out, check=True)
        found = tb.read(out.name, a.treebank)
    place = {id(s): i for i, s in enumerate(sentences)}
    names = ("UPOS", "UFeats", "Lemmas", "heads", "relations")
    same, n, trees = [0] * 5, 0, 0
    for s, upos, feats, lemmas, heads, relations in predict(net, v, sentences, a.treebank):
        c = found[place[id(s)]]
        n += len(s)
        for k, (one, other) in enumerate(((upos, c.upos), (feats, c.feats), (lemmas, c.lemmas))):
            same[k] += sum(x == y for x, y in zip(one, other))
        if is_tree(heads):
            trees += len(s)
            same[3] += sum(x == y for x, y in zip(heads, c.heads))
            same[4] += sum(x == y for x, y in zip(relations, c.relations))
    shares = [100 * x / y for x, y in zip(same, (n, n, n, trees, trees))]
    print("; ".join("%s %.2f %%" % x for x in zip(names, shares)))
    return int(min(shares[:2] + shares[3:]) < 99.5)


if __name__ == "__main__":
    sys.exit(main())
