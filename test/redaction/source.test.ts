import assert from "node:assert/strict";
import { Redactor, SHAPES_ONLY } from "../../server/src/lint/redaction/redactor";
import { maskSpans } from "../../server/src/lint/redaction/spans";
import type { Parser } from "../../server/src/syntax/parser";
import { testParser } from "../harness/parser";

describe("redaction: source", () => {
  let parser: Parser;
  before(async () => (parser = await testParser()));

  const masked = (text: string, file = "/p/settings.py", redactor = SHAPES_ONLY): string => {
    const module = file.endsWith(".py") ? parser.parse(text) : undefined;
    return maskSpans(text, redactor.sourceSpans({ file, text, module }));
  };
  const check = (cases: readonly (readonly [source: string, masked: string])[], file?: string): void => {
    for (const [source, expected] of cases) assert.equal(masked(source, file), expected);
  };

  it("masks literals below secret names, and nothing else of their lines", () => {
    check([
      ['SECRET_KEY = "abc"', 'SECRET_KEY = "********"'],
      [
        "D = {\n    'PASSWORD': 'x',\n    'NAME': 'shop',\n}",
        "D = {\n    'PASSWORD': '********',\n    'NAME': 'shop',\n}",
      ],
      [
        'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "abc")',
        'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "********")',
      ],
      ['API_TOKEN = os.environ["API_TOKEN"]', 'API_TOKEN = os.environ["API_TOKEN"]'],
      ['AWS_SECRET_ACCESS_KEY = f("AKIAABCDEFGHIJKLMNOP")', 'AWS_SECRET_ACCESS_KEY = f("********")'],
      ['SECRET_KEYS = ["ABC_DEF"]  # was "xyz"', 'SECRET_KEYS = ["********"]  # ********'],
      ['A_TOKEN = "a\\"b" + \'c\'', "A_TOKEN = \"********\" + '********'"],
      ['DATABASE = "postgres://me:abc@host/db"', 'DATABASE = "postgres://me:********@host/db"'],
      ['NAME = "shop"  # a name', 'NAME = "shop"  # a name'],
      ['AUTH_PASSWORD_VALIDATORS = ["a.b"]', 'AUTH_PASSWORD_VALIDATORS = ["a.b"]'],
      ['KEY = "django-insecure-abc"', 'KEY = "********"'],
      ['NAME = "django-insecure-abc"', 'NAME = "********"'],
      ['password, user = "abc", "ann"', 'password, user = "********", "ann"'],
      ['DATABASES["default"]["PASSWORD"] = "abc"', 'DATABASES["default"]["PASSWORD"] = "********"'],
      ['connect(user="ann", password="abc")', 'connect(user="ann", password="********")'],
      ['os.environ.setdefault("DB_PASSWORD", "abc")', 'os.environ.setdefault("DB_PASSWORD", "********")'],
      ['PAIRS = [("password", "abc"), ("user", "ann")]', 'PAIRS = [("password", "********"), ("user", "ann")]'],
      ['if PASSWORD == "abc": MODE = "x"', 'if PASSWORD == "********": MODE = "x"'],
      ['def get_password():\n    return "abc"', 'def get_password():\n    return "********"'],
      ['def connect(token="abc", mode="x"): pass', 'def connect(token="********", mode="x"): pass'],
      ["BASIC_AUTH = ('ann', 'abc')", "BASIC_AUTH = ('********', '********')"],
      ["INT_TOKEN = 735194422", "INT_TOKEN = ********"],
      ["TOKEN_TIMEOUT = 360000\nPASSWORD_MIN_LENGTH = 12", "TOKEN_TIMEOUT = 360000\nPASSWORD_MIN_LENGTH = 12"],
    ]);
  });

  it("knows texts over several lines", () => {
    check([
      ['CONCAT_SECRET = (\n    "abc"\n    "def"\n)', 'CONCAT_SECRET = (\n    "********"\n    "********"\n)'],
      ['API_TOKEN = "abc" + \\\n    "def"', 'API_TOKEN = "********" + \\\n    "********"'],
      ['D = {"PASSWORD":\n    "short"}', 'D = {"PASSWORD":\n    "********"}'],
      ['PRIVATE_KEY = """-----BEGIN\nabc\n"""', 'PRIVATE_KEY = """********\n********\n"""'],
      [
        'PEM = """-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"""\nA = 1',
        'PEM = """********\n********\n********\n"""\nA = 1',
      ],
      ['P = ("-----BEGIN PRIVATE KEY-----\\n"\n     "MIIE")\nA = 1', 'P = ("********"\n     "********")\nA = 1'],
    ]);
  });

  it("masks former secrets in comments, and all texts of broken code beside a secret's name", () => {
    check([
      ['# OLD_SECRET_KEY = "abc"', "# OLD_SECRET_KEY = ********"],
      ["# password: abc\nA = 1", "# password: ********\nA = 1"],
      ["# The key is read from the environment.", "# The key is read from the environment."],
      ['SECRET_KEY = ("abc" "def"', 'SECRET_KEY = ("********" "********"'],
    ]);
  });

  it("hides the values of environment files, whatever they are called", () => {
    check(
      [
        ["NAME=abc", "NAME=********"],
        ["NAME = abc", "NAME = ********"],
        ["# OLD=abc", "# OLD=********"],
        ["export NAME='abc'", "export NAME=********"],
        ["# The keys of the shop\n\nA=1", "# The keys of the shop\n\nA=********"],
        ['MULTI="-----BEGIN\nMIIE\n-----END"\nB=x', "MULTI=********\n********\n********\nB=********"],
        ["left over", "********"],
      ],
      "/p/.env",
    );
  });

  it("masks by name in other files", () => {
    check(
      [
        [
          "services:\n  web:\n    environment:\n      SECRET_KEY: abc\n      DEBUG: x",
          "services:\n  web:\n    environment:\n      SECRET_KEY: ********\n      DEBUG: x",
        ],
        ["      - DB_PASSWORD=abc", "      - DB_PASSWORD=********"],
        ["ENV SECRET_KEY=abc\nRUN echo", "ENV SECRET_KEY=********\nRUN echo"],
      ],
      "/p/docker-compose.yml",
    );
  });

  it("finds by value in code and comments", () => {
    const redactor = new Redactor({ texts: new Set(["k7Wq2zR9tB4m"]), names: new Set() });
    assert.equal(masked('A = ["k7Wq2zR9tB4m"]  # k7Wq2zR9tB4m', "/p/a.py", redactor), 'A = ["********"]  # ********');
  });
});
