import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Frame, Locator, Page } from "playwright-core";
import type { CodeServer } from "./codeServer";
import { eventually, patience } from "./poll";

/** Where screenshots go; `scripts/screenshots.mjs` copies the README's from here. */
const screenshots = join(__dirname, "..", "..", "out", "screenshots");

/** A folder opened in a browser window of its own, used the way a person does: keys, clicks, and what is to be seen. */
export class Workbench {
  readonly page: Page;
  /** Requests that left the loopback; a test expects none. */
  readonly foreignRequests: string[] = [];
  private readonly context: BrowserContext;
  private readonly console: string[] = [];
  private readonly server: CodeServer;

  private constructor(context: BrowserContext, page: Page, server: CodeServer) {
    this.context = context;
    this.page = page;
    this.server = server;
    page.on("console", (message) => this.console.push(`${message.type()} ${message.text()}`));
    page.on("request", (request) => {
      if (!staysHere(new URL(request.url()), server)) this.foreignRequests.push(request.url());
    });
  }

  /** Opens a folder, with no file open, and waits until the workbench is drawn. */
  static async open(browser: Browser, server: CodeServer, folder: string): Promise<Workbench> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      timezoneId: "UTC",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const workbench = new Workbench(context, page, server);
    const payload = [
      ["skipWelcome", "true"],
      ["skipReleaseNotes", "true"],
    ];
    const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
    await page.goto(`http://${server.authority}/?${query.toString()}`, { waitUntil: "commit" });
    await page.locator(".monaco-workbench .part.editor").waitFor();
    return workbench;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Runs a command by its exact label in the command palette. */
  async command(label: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(`>${label}`);
    // The list is fuzzy and sorts itself anew while it fills, so Enter on its first row would be a lottery.
    await this.quickPickRow(label).click();
  }

  /** The text field of the command palette and of quick picks. */
  quickInput(): Locator {
    return this.page.locator(".quick-input-widget .quick-input-box input");
  }

  /** The row of the open quick pick with exactly this label. */
  quickPickRow(label: string): Locator {
    const exact = new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
    const name = this.page.locator(".label-name", { hasText: exact });
    return this.page.locator(".quick-input-list .monaco-list-row").filter({ has: name }).first();
  }

  /** Opens a file by its path in the folder, through Quick Open. */
  async openFile(path: string): Promise<void> {
    const name = path.split("/").at(-1) ?? path;
    await this.page.keyboard.press("Control+P");
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(path);
    await this.quickPickRow(name).click();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor().locator(".view-line").first().waitFor();
  }

  /** The text editor that is open. */
  editor(): Locator {
    return this.page.locator(".part.editor .editor-instance .monaco-editor").first();
  }

  async focusEditor(): Promise<void> {
    await this.editor().locator(".native-edit-context, textarea.inputarea").first().focus();
  }

  /** Puts the cursor at a line and a column, both counted from one. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press("Control+G");
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** The drawn lines of the open editor, top to bottom. */
  async visibleLines(): Promise<string[]> {
    const lines = await this.editor()
      .locator(".view-line")
      .evaluateAll((elements) =>
        elements.map((element) => ({
          top: Number.parseInt((element as HTMLElement).style.top, 10),
          text: element.textContent ?? "",
        })),
      );
    return lines.toSorted((a, b) => a.top - b.top).map(({ text }) => text.replaceAll("\u00a0", " "));
  }

  /** The drawn line of the open editor that holds a text. */
  line(text: string): Locator {
    return this.editor().locator(".view-line").filter({ hasText: text }).first();
  }

  squiggles(): Locator {
    return this.editor().locator(".squiggly-error, .squiggly-warning, .squiggly-info");
  }

  async showProblems(): Promise<void> {
    await this.command("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
  }

  /** The accessible texts of the rows that the Problems panel shows: files, and `Warning: MESSAGE at line 2 ...`. */
  async problems(): Promise<string[]> {
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label") ?? ""));
  }

  /** Waits for a row of the Problems panel that holds all the parts, and gives its accessible text. */
  async problem(...parts: string[]): Promise<string> {
    const isIt = (text: string): boolean => parts.every((part) => text.includes(part));
    const rows = await eventually(
      `a problem with ${parts.join(", ")}`,
      () => this.problems(),
      (all) => all.some(isIt),
    );
    return rows.find(isIt) ?? "";
  }

  /** How many problems there are in all: the number on the Problems tab. The panel itself draws only what it has room for. */
  async problemCount(): Promise<number> {
    const badge = this.page
      .locator(".panel .composite-bar .action-item", { hasText: "Problems" })
      .locator(".badge-content");
    return (await badge.count()) === 0 ? 0 : Number(await badge.first().innerText());
  }

  /** The titles in the quick-fix menu at the cursor, which stays open. */
  async quickFixes(): Promise<string[]> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    return eventually(
      "the quick-fix menu",
      async () => {
        // A menu that was asked for while diagnostics still came in never opens: ask again, as a person would.
        await this.page.keyboard.press("Control+Period");
        await rows
          .first()
          .waitFor({ timeout: 6000 })
          .catch(() => this.page.keyboard.press("Escape"));
        return rows.evaluateAll((elements) => elements.map((element) => element.textContent?.trim() ?? ""));
      },
      (titles) => titles.length > 0,
    );
  }

  /** Takes an action from the quick-fix menu that {@link quickFixes} has opened. */
  async takeQuickFix(title: string | RegExp): Promise<void> {
    await this.page.locator(".action-widget .monaco-list-row.action").filter({ hasText: title }).first().click();
  }

  /** Takes all that the refactoring preview shows: edits to files that are not on the screen. */
  async applyPreview(): Promise<void> {
    const preview = this.page.locator(".bulk-edit-panel");
    await preview.locator(".edit-checkbox").first().click();
    await preview.getByRole("button", { name: "Apply" }).click();
  }

  /** Points at the first word of the drawn line that holds `text`, and gives the hover's text once it holds `expected`. */
  async hover(text: string, expected: string): Promise<string> {
    const word = this.line(text).locator("span span").first();
    const hover = this.page.locator(".monaco-hover:not(.hidden)").filter({ hasText: expected }).first();
    return eventually(
      `a hover with ${expected}`,
      async () => {
        // A hover that was asked for while the editor still moved never comes: point away and at it again.
        await this.page.mouse.move(5, 5);
        await word.hover();
        await hover.waitFor({ timeout: 4000 }).catch(() => undefined);
        return (await hover.count()) === 0 ? "" : hover.innerText();
      },
      (shown) => shown !== "",
    );
  }

  /** The text of the page in the open preview once it holds `text`; previews are frames inside frames. */
  async previewText(text: string | RegExp): Promise<string> {
    const texts = await eventually(
      `a preview with ${String(text)}`,
      () => Promise.all(this.page.frames().map((frame) => frame.innerText("body", { timeout: 1000 }).catch(() => ""))),
      (all) => all.slice(1).some((each) => holds(each, text)),
    );
    return texts.find((each) => holds(each, text)) ?? "";
  }

  /** The frame of the extension's page that holds an element. */
  async pageWith(selector: string): Promise<Frame> {
    const holds = async (frame: Frame): Promise<boolean> =>
      (await frame
        .locator(selector)
        .count()
        .catch(() => 0)) > 0;
    const found = await eventually(
      `a page with ${selector}`,
      async () => {
        const frames = this.page.frames();
        const held = await Promise.all(frames.map(holds));
        return frames.find((_, index) => held[index]);
      },
      (frame) => frame !== undefined,
    );
    if (found === undefined) throw new Error(`no page with ${selector}`);
    return found;
  }

  /** Shows the tree of effective settings, and gives its row of a setting once it begins like this. */
  async settingsRow(beginning: string): Promise<Locator> {
    await this.page.locator('.activitybar [aria-label="Django"]').first().click();
    const row = this.page.locator(`.monaco-list-row[aria-label^="${beginning}"]`);
    await row.waitFor();
    return row;
  }

  /** Types at the cursor, asks for completions, and gives the row that begins like this. */
  async completion(typed: string, beginning: string): Promise<Locator> {
    await this.page.keyboard.type(typed);
    const row = this.page.locator(`.suggest-widget .monaco-list-row[aria-label^="${beginning}"]`).first();
    await eventually(
      `a completion ${beginning}`,
      async () => {
        // A list that was asked for while the server was busy may have closed again.
        await this.page.keyboard.press("Control+Space");
        await row.waitFor({ timeout: 4000 }).catch(() => this.page.keyboard.press("Escape"));
        return row.count();
      },
      (count) => count > 0,
    );
    return row;
  }

  /** The texts of notifications; the smoke-test driver shows none as toasts. */
  async notifications(): Promise<string[]> {
    await this.command("Notifications: Show Notifications");
    const center = this.page.locator(".notifications-center.visible");
    await center.waitFor();
    const texts = await center.locator(".notification-list-item-message").allInnerTexts();
    await this.page.keyboard.press("Escape");
    return texts;
  }

  /** Saves the open file and waits until the tab shows no changes. */
  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
    await eventually(
      "the file to be saved",
      () => this.page.locator(".tab.active.dirty").count(),
      (count) => count === 0,
    );
  }

  /** Whether the extension runs in a process of the server: there it leaves its output channel. */
  runsOnServer(): boolean {
    return logsOnDisk(this.server).some(({ relativePath }) => relativePath.endsWith("Django Settings Lint.log"));
  }

  /** Keeps what is on the screen as out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Keeps everything that helps to understand a failed test: the screen, the editor's logs and the browser's console. */
  async keepEvidence(test: string): Promise<void> {
    const name = `FAILED ${test}`.replaceAll(/[^\w-]+/g, "-");
    await this.screenshot(name).catch(() => undefined);
    const logs = await this.page.evaluate(driverLogs).catch(() => []);
    const parts = [...logs, ...logsOnDisk(this.server)].map((log) => `--- ${log.relativePath}\n${log.contents}`);
    writeFileSync(join(screenshots, `${name}.log`), [...parts, "--- console", ...this.console].join("\n"));
  }
}

/** Whether a request is answered on this machine; the workbench's own service worker answers for previews' files. */
function staysHere(url: URL, server: CodeServer): boolean {
  if (["data:", "blob:"].includes(url.protocol) || url.host === server.authority) return true;
  return url.host.endsWith(".vscode-resource.vscode-cdn.net");
}

function holds(text: string, part: string | RegExp): boolean {
  return typeof part === "string" ? text.includes(part) : part.test(text);
}

interface DriverLog {
  readonly relativePath: string;
  readonly contents: string;
}

/** The logs of the extension host and of the extension, its output channel among them. */
function logsOnDisk(server: CodeServer): DriverLog[] {
  const folder = join(server.profile, "user", "logs");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?:remoteexthost|Django Settings Lint)\.log$/.test(path))
    .map((path) => ({ relativePath: path, contents: readFileSync(join(folder, path), "utf8") }));
}

/** Runs in the page, where the smoke-test driver has put itself. */
function driverLogs(): Promise<DriverLog[]> | DriverLog[] {
  const { driver } = window as unknown as { driver?: { getLogs: () => Promise<DriverLog[]> } };
  return driver?.getLogs() ?? [];
}
