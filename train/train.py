#!/usr/bin/env python3
"""Train the network of one or more languages.

usage: train.py --data DIR --train SPEC... [--dev SPEC...] --out FILE [options]

SPEC is FILE[@N/M][*WEIGHT]: a CoNLL-U file in DIR without its ending;
@N/M takes every M-th sentence, those numbered N modulo M (@!N/M the others);
*WEIGHT repeats it WEIGHT times an epoch.  The treebank is the part of the name
before "-ud".
"""
import argparse
import copy
import math
import os
import random
import re
import sys
import time
from collections import Counter

import torch
import torch.nn.functional as F

import treebank as tb
import words as w
from network import Network

NO_FEATURES = {"pt_gsd"}        # features of this treebank are mostly missing


def load(spec, folder):
    name, part, weight = re.fullmatch(r"([^@*]+)(?:@([^*]+))?(?:\*([\d.]+))?", spec).groups()
    treebank = name.split("-ud")[0]
    sentences = tb.read(os.path.join(folder, name + ".conllu"), treebank)
    if part:
        n, m = map(int, part.strip("!").split("/"))
        sentences = [s for i, s in enumerate(sentences) if (i % m == n) != part.startswith("!")]
    return sentences, float(weight or 1)


class Vocabulary:
    """Everything countable that the weights rest on."""

    def __init__(self, sentences, buckets, min_count=2):
        words, bundles, scripts, relations = Counter(), Counter(), Counter(), Counter()
        for s in sentences:
            words.update(map(w.normal, s.forms))
            relations.update(s.relations)
            for form, lemma, upos, feats in zip(s.forms, s.lemmas, s.upos, s.feats):
                if s.treebank not in NO_FEATURES:
                    bundles[upos + " " + feats] += 1
                if lemma != "_" or form == "_":
                    scripts[tb.lemma_script(form, lemma)] += 1
        self.buckets = buckets
        self.counts = {k: c for k, c in words.items() if c >= min_count}
        self.words = ["<unknown>"] + sorted(self.counts, key=lambda k: (-self.counts[k], k))
        self.relations = sorted(r for r, c in relations.items() if c >= 15 or ":" not in r)
        self.bundles = sorted(b for b, c in bundles.items() if c >= 3)
        self.scripts = [s for s, c in sorted(scripts.items(), key=lambda x: (-x[1], x[0])) if c >= 3]
        self.treebanks = sorted({s.treebank for s in sentences})
        self.index()

    def index(self):
        for name in ("words", "relations", "bundles", "scripts", "treebanks"):
            setattr(self, name[:-1] + "_id", {x: i for i, x in enumerate(getattr(self, name))})
        self.upos_id = {u: i for i, u in enumerate(tb.UPOS)}
        self.bundle_upos = [self.upos_id[b.split(" ")[0]] for b in self.bundles]
        self.seen = {}

    def features(self, form):
        """(word row, piece rows) of a form."""
        if form not in self.seen:
            self.seen[form] = self.word_id.get(w.normal(form), 0), w.pieces(form, self.buckets)
        return self.seen[form]

    def state(self):
        return {k: getattr(self, k) for k in ("buckets", "counts", "words", "relations", "bundles",
                                              "scripts", "treebanks")}

    @classmethod
    def of(cls, state):
        v = cls.__new__(cls)
        v.__dict__.update(state)
        v.index()
        return v


class Item:
    """A sentence as numbers; -100 where there is nothing to learn."""

    def __init__(self, s, v):
        features = [v.features(f) for f in s.forms]
        self.size = len(s)
        self.treebank = v.treebank_id.get(s.treebank, 0)
        self.words = [f[0] for f in features]
        self.pieces = [f[1] for f in features]
        self.upos = [v.upos_id[u] for u in s.upos]
        self.bundles = [-100 if s.treebank in NO_FEATURES else v.bundle_id.get(u + " " + f, -100)
                        for u, f in zip(s.upos, s.feats)]
        self.scripts = [-100 if lemma == "_" != form else v.script_id.get(tb.lemma_script(form, lemma), -100)
                        for form, lemma in zip(s.forms, s.lemmas)]
        self.heads = s.heads
        self.relations = [v.relation_id.get(r, v.relation_id.get(tb.main_relation(r), -100)) for r in s.relations]


def altered(s, rng):
    """Now and then a sentence in capitals, in small letters, or without its stop."""
    x = rng.random()
    if x > 0.06 or len(s) < 3:
        return None
    t = copy.copy(s)
    if x < 0.03:
        t.forms = [f.upper() if len(f.upper()) == len(f) else f for f in s.forms]
        return t
    if x < 0.04:
        t.forms = [w.lower(f) for f in s.forms]
        return t
    last = len(s)
    if s.upos[-1] != "PUNCT" or last in s.heads:
        return None
    for name in ("forms", "lemmas", "upos", "feats", "heads", "relations"):
        setattr(t, name, getattr(s, name)[:-1])
    return t


def batches(items, size, rng=None):
    """Items of like length together, about `size` words each."""
    order = sorted(range(len(items)), key=lambda i: items[i].size + (rng.random() * 3 if rng else 0))
    out, batch = [], []
    for i in order:
        if batch and items[i].size * (len(batch) + 1) > size:
            out.append(batch)
            batch = []
        batch.append(items[i])
    if batch:
        out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def tensors(batch):
    t = max(i.size for i in batch)

    def pad(name, fill):
        return torch.tensor([getattr(i, name) + [fill] * (t - i.size) for i in batch])

    no_pieces = [0] * w.PIECES
    return dict(words=pad("words", 0),
                pieces=torch.tensor([i.pieces + [no_pieces] * (t - i.size) for i in batch]),
                treebank=torch.tensor([i.treebank for i in batch]),
                mask=torch.tensor([[1.0] * i.size + [0.0] * (t - i.size) for i in batch]).unsqueeze(-1),
                upos=pad("upos", -100), bundles=pad("bundles", -100), scripts=pad("scripts", -100),
                heads=pad("heads", -100), relations=pad("relations", -100))


def cross(scores, gold, smoothing=0.0):
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=-100,
                           reduction="sum", label_smoothing=smoothing)


def loss_of(net, b, smoothing):
    """The sum of the five losses, per word."""
    tags, tree = net.encode(b["words"], b["pieces"], b["treebank"], b["mask"])
    upos = b["upos"].clamp(min=0)
    loss = cross(net.upos(tags), b["upos"], smoothing)
    loss = loss + 0.5 * cross(net.bundle_scores(tags, upos), b["bundles"])
    loss = loss + 0.5 * cross(net.lemma_scores(tags, upos), b["scripts"])
    arcs = net.arcs(tree)
    no_head = torch.cat((torch.ones_like(b["mask"][:, :1]), b["mask"]), 1).squeeze(-1).unsqueeze(1) == 0
    loss = loss + cross(arcs.masked_fill(no_head, -1e4), b["heads"])
    loss = loss + cross(net.relations(tree, b["heads"].clamp(min=0)), b["relations"], smoothing)
    return loss / b["mask"].sum()


def predict(net, v, sentences, treebank=None, batch_words=4000):
    """Yields (sentence, upos, feats, lemmas, arc scores, relation function) in batches' order."""
    net.eval()
    items = []
    for s in sentences:
        item = Item(s, v)
        if treebank:
            item.treebank = v.treebank_id[treebank]
        item.sentence = s
        items.append(item)
    with torch.no_grad():
        for batch in batches(items, batch_words):
            b = tensors(batch)
            tags, tree = net.encode(b["words"], b["pieces"], b["treebank"], b["mask"])
            upos = net.upos(tags).argmax(-1)
            bundle = net.bundle_scores(tags, upos).argmax(-1)
            script = net.lemma_scores(tags, upos).argmax(-1)
            arcs = net.arcs(tree)
            no_head = torch.cat((torch.ones_like(b["mask"][:, :1]), b["mask"]), 1).squeeze(-1).unsqueeze(1) == 0
            arcs = arcs.masked_fill(no_head, -1e4)
            heads = arcs.argmax(-1)
            relations = net.relations(tree, heads).argmax(-1)
            for k, item in enumerate(batch):
                n, s = item.size, item.sentence
                yield (s, [tb.UPOS[i] for i in upos[k, :n]],
                       [v.bundles[i].split(" ", 1)[1] for i in bundle[k, :n]],
                       [tb.apply_script(f, v.scripts[i]) for f, i in zip(s.forms, script[k, :n])],
                       heads[k, :n].tolist(), [v.relations[i] for i in relations[k, :n]])


def evaluate(net, v, sentences, treebank=None):
    """Per cent right on gold words: UPOS, UFeats, Lemmas, UAS, LAS."""
    right, n = [0] * 5, 0
    for s, upos, feats, lemmas, heads, relations in predict(net, v, sentences, treebank):
        n += len(s)
        for i in range(len(s)):
            right[0] += upos[i] == s.upos[i]
            right[1] += feats[i] == s.feats[i]
            right[2] += s.lemmas[i] in ("_", lemmas[i])
            head = heads[i] == s.heads[i]
            right[3] += head
            right[4] += head and tb.main_relation(relations[i]) == tb.main_relation(s.relations[i])
    return [100 * r / n for r in right]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--train", nargs="+", required=True)
    p.add_argument("--dev", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--start", help="weights to start from: their vocabulary and labels are kept")
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--stop", type=int, help="end after so many of the epochs that the schedule is made for")
    p.add_argument("--batch", type=int, default=600, help="words")
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--width", type=int, default=256)
    p.add_argument("--layers", type=int, default=4)
    p.add_argument("--buckets", type=int, default=20000)
    p.add_argument("--dropout", type=float, default=0.2)
    p.add_argument("--smoothing", type=float, default=0.03)
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)

    parts = [load(spec, a.data) for spec in a.train]
    if a.start:
        saved = torch.load(a.start)
        v, shape = Vocabulary.of(saved["vocabulary"]), saved["shape"]
    else:
        v = Vocabulary([s for part, _ in parts for s in part], a.buckets)
        shape = dict(words=len(v.words), buckets=v.buckets, treebanks=len(v.treebanks), bundles=len(v.bundles),
                     scripts=len(v.scripts), relations=len(v.relations), bundle_upos=v.bundle_upos,
                     width=a.width, layers=a.layers)
    net = Network(**shape, dropout=a.dropout)
    if a.start:
        net.load_state_dict(saved["weights"])
    devs = [(spec, load(spec, a.data)[0]) for spec in a.dev]
    print("words %d, bundles %d, scripts %d, relations %d, parameters %d" % (
        len(v.words), len(v.bundles), len(v.scripts), len(v.relations),
        sum(x.numel() for x in net.parameters())), flush=True)

    drop = torch.tensor([0.0] + [1 / (1 + v.counts[x]) + 0.03 for x in v.words[1:]])
    average = copy.deepcopy(net)
    tables = [net.words.weight, net.pieces.weight]      # only the rows of a batch are touched in a step
    dense = [x for x in net.parameters() if all(x is not t for t in tables)]
    optimisers = [torch.optim.AdamW(dense, lr=a.rate, betas=(0.9, 0.98), weight_decay=1e-3),
                  torch.optim.SparseAdam(tables, lr=a.rate, betas=(0.9, 0.98))]
    steps, start = 0, time.time()
    plain = [[(s, Item(s, v)) for s in part] for part, _ in parts]
    total = None
    for epoch in range(a.stop or a.epochs):
        chosen = []
        for part, (_, weight) in zip(plain, parts):
            whole = int(weight)
            chosen += part * whole + rng.sample(part, int((weight - whole) * len(part)))
        items = []
        for s, item in chosen:
            t = altered(s, rng)
            items.append(Item(t, v) if t else item)
        todo = batches(items, a.batch, rng)
        total = total or len(todo) * a.epochs + a.epochs
        net.train()
        running = 0.0
        for batch in todo:
            steps += 1
            progress = min(1.0, steps / total)
            rate = a.rate * min(1.0, steps / 300) * (0.5 + 0.5 * math.cos(math.pi * progress))
            for optimiser in optimisers:
                optimiser.param_groups[0]["lr"] = rate
                optimiser.zero_grad(set_to_none=True)
            b = tensors(batch)
            b["words"] = b["words"] * (torch.rand(b["words"].shape) >= drop[b["words"]])
            loss = loss_of(net, b, a.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 5.0)
            for optimiser in optimisers:
                optimiser.step()
            running += loss.item()
            if steps % 10 == 0:
                keep = min(a.ema ** 10, (1 + steps) / (20 + steps))
                with torch.no_grad():
                    for x, y in zip(average.parameters(), net.parameters()):
                        x.mul_(keep).add_(y, alpha=1 - keep)
        line = "epoch %d loss %.3f %.0fs" % (epoch + 1, running / len(todo), time.time() - start)
        if epoch % 2 == 1 or epoch + 1 == (a.stop or a.epochs):
            for spec, sentences in devs:
                line += " | %s %s" % (spec.replace("-ud-dev", ""),
                                      " ".join("%.2f" % x for x in evaluate(average, v, sentences)))
            torch.save(dict(vocabulary=v.state(), shape=shape, weights=average.state_dict(), arguments=vars(a)), a.out)
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
