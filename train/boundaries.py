#!/usr/bin/env python3
"""Train the network that finds where sentences end, on the word rows of trained weights.

usage: boundaries.py --weights FILE --data DIR --treebank T --train SPEC... [--dev SPEC...] [--epochs N]

Sentences that follow each other in a treebank are joined to paragraphs of one to
ten.  The result is added to the file of the weights as "boundaries".  --treebank
is the convention for which the weights will be written.
"""
import argparse
import math
import random
import time

import torch
import torch.nn.functional as F

from network import Boundaries, Network
from train import Item, Vocabulary, batches, load, tensors

MOST_SENTENCES, MOST_WORDS = 10, 250


class Paragraph:
    """Sentences joined: what train.tensors and train.batches want, and `ends`."""

    def __init__(self, items):
        self.size = sum(i.size for i in items)
        self.treebank = items[0].treebank
        for name in ("words", "pieces", "upos", "bundles", "scripts", "heads", "relations"):
            setattr(self, name, [x for i in items for x in getattr(i, name)])
        self.ends = [float(k + 1 == i.size) for i in items for k in range(i.size)]


def paragraphs(parts, rng, longest=MOST_SENTENCES):
    out = []
    for items in parts:
        at = 0
        while at < len(items):
            many = rng.randint(1, longest) if rng else longest
            chosen, words = [], 0
            while at < len(items) and len(chosen) < many and (not chosen or words + items[at].size <= MOST_WORDS):
                chosen.append(items[at])
                words += items[at].size
                at += 1
            out.append(Paragraph(chosen))
    return out


def scores(net, boundaries, batch, drop=None):
    b = tensors(batch)
    if drop is not None:
        b["words"] = b["words"] * (torch.rand(b["words"].shape) >= drop[b["words"]])
    with torch.no_grad():
        rows = net.rows(b["words"], b["pieces"], b["treebank"])
    t = b["words"].shape[1]
    ends = torch.tensor([p.ends + [0.0] * (t - p.size) for p in batch])
    # the last word of a paragraph ends a sentence in any case
    counts = b["mask"].squeeze(-1).clone()
    for k, p in enumerate(batch):
        counts[k, p.size - 1] = 0
    return boundaries(rows, b["mask"]), ends, counts


def evaluate(net, boundaries, parts):
    """F1 of the ends inside paragraphs of ten sentences."""
    boundaries.eval()
    right = found = gold = 0
    with torch.no_grad():
        for batch in batches(paragraphs(parts, None), 4000):
            s, ends, counts = scores(net, boundaries, batch)
            said = (s > 0) & (counts > 0)
            right += int((said & (ends > 0)).sum())
            found += int(said.sum())
            gold += int(((ends > 0) & (counts > 0)).sum())
    return 200 * right / max(found + gold, 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--treebank", required=True)
    p.add_argument("--train", nargs="+", required=True)
    p.add_argument("--dev", nargs="*", default=[])
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    saved = torch.load(a.weights)
    v = Vocabulary.of(saved["vocabulary"])
    net = Network(**saved["shape"])
    net.load_state_dict(saved["weights"])
    treebank = v.treebank_id[a.treebank]

    def items(spec):
        out = []
        for s in load(spec, a.data)[0]:
            item = Item(s, v)
            item.treebank = treebank
            out.append(item)
        return out

    parts = [items(spec) for spec in a.train]
    devs = [(spec, items(spec)) for spec in a.dev]
    drop = torch.tensor([0.0] + [1 / (1 + v.counts[x]) + 0.03 for x in v.words[1:]])
    boundaries = Boundaries(saved["shape"]["width"])
    optimiser = torch.optim.AdamW(boundaries.parameters(), lr=a.rate, betas=(0.9, 0.98))
    steps, start = 0, time.time()
    total = a.epochs * len(batches(paragraphs(parts, random.Random(0)), 2000)) * 1.05
    for epoch in range(a.epochs):
        boundaries.train()
        running = n = 0
        for batch in batches(paragraphs(parts, rng), 2000, rng):
            steps += 1
            progress = min(1.0, steps / total)
            optimiser.param_groups[0]["lr"] = a.rate * min(1, steps / 50) * (0.5 + 0.5 * math.cos(math.pi * progress))
            s, ends, counts = scores(net, boundaries, batch, drop)
            loss = F.binary_cross_entropy_with_logits(s, ends, counts, reduction="sum") / counts.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(boundaries.parameters(), 1.0)
            optimiser.step()
            running += loss.item()
            n += 1
        print("epoch %d loss %.4f %.0fs %s" % (epoch + 1, running / n, time.time() - start, " ".join(
            "%s %.2f" % (spec, evaluate(net, boundaries, [dev])) for spec, dev in devs)), flush=True)
    saved["boundaries"] = boundaries.state_dict()
    torch.save(saved, a.weights)


if __name__ == "__main__":
    main()
