/* The best tree of scored arcs. */
#ifndef RELATO_SYNTAX_TREE_H
#define RELATO_SYNTAX_TREE_H

#include "core/arena.h"

#include <stdint.h>

/* Given scores (count, stride), stride > count, where scores[d * stride + h] is
 * that of word d + 1 hanging from word h (0: the root), finds the tree with the
 * highest sum in which just one word hangs from the root: heads (count), each 0
 * for the root or 1 + position. Where every word's best head makes a tree it is
 * that; else Chu, Liu (1965) and Edmonds (1967), on scores in which the root's
 * arcs cost so much that one is taken (Stanojević and Cohen 2021). Changes the
 * scores. Time count^2 for each cycle; scratch memory from the arena. */
void tree_best(float *scores, size_t count, size_t stride, uint32_t *heads, Arena *scratch);

#endif
