"""The network: hashed words and word pieces, gated recurrent layers, heads.

    word row (128) + treebank      pieces' rows, summed (128)
                \\________ 256 ________/
                         |
      block x layers: norm, 3-tap convolution per channel, one matrix to
      three gates, a linear recurrence (half of the channels from the left,
      half from the right), added to what came in
            |                                   |
      after the last but one:              after the last:
      UPOS, features, lemma script         arcs (biaffine), relations

Every channel's recurrence is c[t] = f[t] c[t-1] + (1 - f[t]) z[t], where f and
z depend on the input alone (as in quasi-recurrent networks, Bradbury et al.
2017, and simple recurrent units, Lei et al. 2018), so that all matrix products
of a sentence are done at once.
"""
import torch
from torch import nn
import torch.nn.functional as F


class SharedDropout(nn.Module):
    """Dropout with one mask for all words of a sentence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        mask = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - self.p).div_(1 - self.p)
        return x * mask


def scan(f, z, reverse):
    """c[t] = f[t] c[t-1] + z[t] along dimension 1."""
    steps = range(f.shape[1])
    fs, zs = f.unbind(1), z.unbind(1)
    c, out = torch.zeros_like(zs[0]), [None] * f.shape[1]
    for t in (reversed(steps) if reverse else steps):
        c = torch.addcmul(zs[t], fs[t], c)
        out[t] = c
    return torch.stack(out, 1)


class Block(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.taps = nn.Parameter(torch.zeros(3, width))
        self.gates = nn.Linear(width, 3 * width)
        self.dropout = SharedDropout(dropout)
        with torch.no_grad():
            self.taps[1] = 1
            keep = torch.linspace(0.1, 0.95, width // 2)
            self.gates.bias[width:2 * width] = torch.log(keep / (1 - keep)).repeat(2)

    def forward(self, x, mask):
        y = self.norm(x) * mask
        padded = F.pad(y, (0, 0, 1, 1))
        y = padded[:, :-2] * self.taps[0] + y * self.taps[1] + padded[:, 2:] * self.taps[2]
        z, f, o = self.gates(self.dropout(y)).chunk(3, -1)
        f = torch.sigmoid(f)
        z = (1 - f) * z * mask
        half = f.shape[2] // 2
        c = torch.cat((scan(f[..., :half], z[..., :half], False),
                       scan(f[..., half:], z[..., half:], True)), -1)
        return x + c * F.silu(o)


class Network(nn.Module):
    def __init__(self, words, buckets, treebanks, bundles, scripts, relations, bundle_upos,
                 width=256, layers=3, arc=128, relation=128, dropout=0.33):
        super().__init__()
        self.width = width
        self.words = nn.Embedding(words, width // 2, padding_idx=0, sparse=True)
        self.unknown = nn.Parameter(torch.zeros(width // 2))
        self.pieces = nn.EmbeddingBag(buckets, width // 2, mode="sum", sparse=True)
        self.treebank = nn.Embedding(treebanks, width)
        self.tag_feedback = nn.Linear(17, width, bias=False)
        self.blocks = nn.ModuleList(Block(width, dropout) for _ in range(layers))
        self.tag_norm, self.tree_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.upos = nn.Linear(width, 17)
        self.bundles = nn.Linear(width, bundles)
        self.scripts = nn.Linear(width, scripts)
        self.script_upos = nn.Parameter(torch.zeros(17, scripts))
        self.dependent, self.head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.biaffine = nn.Parameter(torch.empty(arc, arc))
        self.head_bias = nn.Parameter(torch.zeros(arc))
        self.root = nn.Parameter(torch.zeros(arc))
        self.distance = nn.Parameter(torch.zeros(33))
        self.relation_dependent = nn.Linear(width, relation)
        self.relation_head = nn.Linear(width, relation)
        self.relation_root = nn.Parameter(torch.zeros(relation))
        self.relation = nn.Linear(relation, relations)
        self.dropout = SharedDropout(dropout)
        # (17, bundles): 0 where the bundle belongs to the tag, else minus infinity
        allowed = torch.full((17, bundles), -1e4)
        for i, u in enumerate(bundle_upos):
            allowed[u, i] = 0
        self.register_buffer("allowed", allowed)
        nn.init.normal_(self.words.weight, std=0.5)
        nn.init.normal_(self.pieces.weight, std=0.2)
        nn.init.normal_(self.treebank.weight, std=0.1)
        nn.init.normal_(self.biaffine, std=arc ** -0.5 / 2)
        with torch.no_grad():
            self.words.weight[0] = 0

    def rows(self, word, piece, treebank):
        """word (B, T), piece (B, T, PIECES), treebank (B) -> input rows (B, T, width)."""
        b, t = word.shape
        w = self.words(word) + self.unknown * (word == 0).unsqueeze(-1)
        p = self.pieces(piece.reshape(b * t, -1)).view(b, t, -1)
        return torch.cat((w, p), -1) + self.treebank(treebank).unsqueeze(1)

    def encode(self, word, piece, treebank, mask):
        """The same and mask (B, T, 1) ->
        states for tags and for trees, (B, T, width) each."""
        x = self.dropout(self.rows(word, piece, treebank))
        for block in self.blocks[:-1]:
            x = block(x, mask)
        tags = self.dropout(self.tag_norm(x))
        x = x + self.tag_feedback(torch.softmax(self.upos(tags), -1))
        x = self.blocks[-1](x, mask)
        return tags, self.dropout(self.tree_norm(x))

    def arcs(self, tree):
        """Scores (B, T, T + 1) of dependent and head; head 0 is the root."""
        b, t, _ = tree.shape
        d = self.dropout(F.leaky_relu(self.dependent(tree), 0.1)) @ self.biaffine
        h = self.dropout(F.leaky_relu(self.head(tree), 0.1))
        h = torch.cat((self.root.expand(b, 1, -1), h), 1)
        scores = d @ h.transpose(1, 2) + (h @ self.head_bias).unsqueeze(1)
        place = torch.arange(t)
        offset = (place.unsqueeze(0) - place.unsqueeze(1)).clamp(-16, 16) + 16
        scores[:, :, 1:] += self.distance[offset]
        return scores

    def relations(self, tree, heads):
        """Scores (B, T, relations) of the arcs to the given heads (B, T)."""
        d = self.relation_dependent(tree)
        h = self.relation_head(tree)
        h = torch.cat((self.relation_root.expand(h.shape[0], 1, -1), h), 1)
        h = h.gather(1, heads.unsqueeze(-1).expand(-1, -1, h.shape[2]))
        return self.relation(self.dropout(F.leaky_relu(d + h, 0.1)))

    def lemma_scores(self, tags, upos):
        return self.scripts(tags) + self.script_upos[upos]

    def bundle_scores(self, tags, upos):
        return self.bundles(tags) + self.allowed[upos]


class Boundaries(nn.Module):
    """Where sentences end: a small network of the same kind over the words of a
    paragraph, on the input rows of the large one."""

    def __init__(self, width=256, inner=64, layers=2, dropout=0.1):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.reduce = nn.Linear(width, inner)
        self.blocks = nn.ModuleList(Block(inner, dropout) for _ in range(layers))
        self.end_norm = nn.LayerNorm(inner)
        self.end = nn.Linear(inner, 1)
        self.dropout = SharedDropout(dropout)

    def forward(self, rows, mask):
        """Input rows (B, T, width) -> scores (B, T): above 0, a sentence ends with the word."""
        x = self.reduce(self.dropout(self.norm(rows)))
        for block in self.blocks:
            x = block(x, mask)
        return self.end(self.end_norm(x)).squeeze(-1)
