// Every page in a real browser: what it shows, filters and shared addresses, keys,
// accessibility, a phone's width, a hostile report.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = process.env.RELATO_URL.trim();
const screenshots = process.env.RELATO_SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
let browser, context, page, errors, outside;

before(async () => {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context = await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 900 }, bypassCSP: false });
  page = await context.newPage();
  errors = [];
  outside = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => request.url().startsWith(root) || request.url().startsWith("data:") || outside.push(request.url()));
});

after(async () => {
  await browser?.close();
});

const open = async (path) => {
  await page.goto(root + path.slice(1), { waitUntil: "networkidle" });
};
const api = async (path) => (await page.request.get(`${root}api/${path}`)).json();

// What axe finds that is serious; it is evaluated in the page from the tests, which the policy allows to no one else.
const serious = async () => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`);
};

test("the front page tells what the archive holds", async () => {
  await open("/");
  assert.match(await page.textContent("main"), /This archive holds 49 reports/);
  assert.ok((await page.locator("article.story").count()) >= 20);
  await page.screenshot({ path: `${screenshots}/front.png` });
});

test("filters stand in the address, which can be shared", async () => {
  await open("/");
  await page.selectOption("#filter-type", "ASSAULT");
  await page.waitForFunction(() => location.search.includes("type=ASSAULT"));
  await page.waitForFunction(() => document.querySelector("[aria-busy=false] article.story"));
  const address = page.url();
  const kinds = await page.locator("article.story .kind").allTextContents();
  assert.ok(kinds.length > 0 && kinds.every((kind) => kind.startsWith("attack")), kinds.join());
  await page.goto(address, { waitUntil: "networkidle" });
  assert.equal(await page.inputValue("#filter-type"), "ASSAULT");
  await page.goBack();
});

test("words are searched in reports and happenings", async () => {
  await open("/?text=consulado");
  assert.ok((await page.locator("section").nth(1).locator("article").count()) > 0);
});

test("a period is chosen with the keys", async () => {
  await open("/");
  await page.locator(".months rect").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.search.includes("since="));
});

test("an event shows every report's words", async () => {
  const events = (await api("events?limit=1000")).items.sort((a, b) => b.reports - a.reports);
  await open(`/events/${events[0].id}`);
  assert.equal(await page.locator("article.told").count(), (await api(`events/${events[0].id}`)).told.length);
  await page.screenshot({ path: `${screenshots}/event.png` });
  const figures = (await api("figures?limit=1000")).items.find((event) => event.figures?.some((figure) => (figure.series ?? []).length > 2 && figure.lowest < figure.highest));
  await open(`/events/${figures.id}`);
  assert.ok((await page.locator(".figure table tr").count()) > 2);
  assert.ok((await page.locator(".chart .point").count()) > 1);
  await page.screenshot({ path: `${screenshots}/figures.png` });
});

test("a report shows what its words became", async () => {
  await open("/reports/28");
  await page.locator(".mark-entities").first().click();
  assert.match(await page.textContent(".meaning"), /person|organisation|place|group/);
  const marks = await page.locator(".mark").count();
  await page.getByLabel("times", { exact: true }).uncheck();
  assert.ok((await page.locator(".mark").count()) < marks);
  await page.screenshot({ path: `${screenshots}/report.png` });
});

test("entities, timeline, map, claims, sources", async () => {
  const entity = (await api("entities?limit=1")).items[0];
  await open(`/entities/${entity.id}`);
  assert.equal(await page.textContent("h1"), entity.name);
  await page.screenshot({ path: `${screenshots}/entity.png` });
  await open("/timeline");
  const dots = await page.locator(".strip .dot").count();
  assert.ok(dots > 20);
  await page.getByRole("button", { name: "Zoom in" }).click();
  assert.ok((await page.locator(".strip .dot").count()) < dots);
  await page.screenshot({ path: `${screenshots}/timeline.png` });
  await open("/map");
  assert.ok((await page.locator(".map .land").count()) > 150);
  await page.locator(".map .dot").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".map .dot.chosen").count(), 1);
  await page.screenshot({ path: `${screenshots}/map.png` });
  await open("/claims?anonymous=1");
  assert.equal(await page.locator(".said").count(), await page.locator(".said.anonymous").count());
  await open("/sources");
  assert.ok((await page.locator(".people li").count()) > 10);
});

test("a text is read and added nowhere", async () => {
  await open("/read");
  await page.fill("#read-text", "A polícia deteve ontem doze pessoas em Beja, disse o ministro da Administração Interna.");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.waitForSelector(".mark-events");
  assert.equal((await api("archive")).reports, 49);
});

test("no page has serious faults of accessibility, in light or dark", async () => {
  const event = (await api("events?limit=1")).items[0].id, entity = (await api("entities?limit=1")).items[0].id;
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of ["/", "/timeline", "/map", "/entities", "/claims", "/sources", "/read", "/reports/28", `/events/${event}`, `/entities/${entity}`]) {
      await open(path);
      assert.deepEqual(await serious(), [], `${path} in ${scheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
});

test("on a phone nothing is wider than the screen", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/", "/timeline", "/map", "/reports/28", "/sources"]) {
    await open(path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), path);
  }
  await page.screenshot({ path: `${screenshots}/phone.png` });
  await page.setViewportSize({ width: 1200, height: 900 });
});

test("the browser's language is that of the pages", async () => {
  for (const [locale, word] of [["pt-BR", "Cronologia"], ["es-MX", "Cronología"]]) {
    const other = await browser.newContext({ locale });
    const tab = await other.newPage();
    await tab.goto(root, { waitUntil: "networkidle" });
    assert.match(await tab.textContent("nav"), new RegExp(word));
    assert.equal(await tab.getAttribute("html", "lang"), locale.slice(0, 2));
    await other.close();
  }
});

test("a hostile report cannot run anything", async () => {
  const reports = (await api("reports?limit=1000")).items;
  const hostile = reports.find((report) => report.url?.startsWith("javascript:"));
  await open(`/reports/${hostile.id}`);
  assert.match(await page.textContent("h1"), /<img src=x/);
  assert.equal(await page.locator('main a[href^="javascript"]').count(), 0);
  await open("/");
  await open("/claims");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});

test("no error, and no request to another host", () => {
  assert.deepEqual(errors, []);
  assert.deepEqual(outside, []);
});
