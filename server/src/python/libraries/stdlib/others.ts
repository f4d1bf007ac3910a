import { table } from "../../../base/table";
import type { CallContext, KnownCall } from "../../program/call";
import { own } from "../../program/objects";
import { FALSE, NONE, unknown, type Value } from "../../values/value";
import { globFiles } from "./pathlib";

/** The rest of the standard library as far as settings use it. */
export const STANDARD_CALLS: Readonly<Record<string, KnownCall>> = table({
  "socket.gethostname": (call) => ({ kind: "external", name: "socket.gethostname()", site: call.site }),
  "socket.getfqdn": (call) => ({ kind: "external", name: "socket.getfqdn()", site: call.site }),
  "platform.node": (call) => ({ kind: "external", name: "platform.node()", site: call.site }),
  "platform.system": (call) => ({ kind: "external", name: "platform.system()", site: call.site }),
  "os.uname": (call) => ({ kind: "external", name: "os.uname()", site: call.site }),
  "os.makedirs": () => NONE,
  "glob.glob": globFiles,
  "copy.deepcopy": (call) => copied(call),
  "copy.copy": shallowCopy,
  "typing.cast": (call) => call.args.positional[1],
  "warnings.warn": () => NONE,
  "warnings.filterwarnings": () => NONE,
  "warnings.simplefilter": () => NONE,
  "sys.path.insert": () => NONE,
  "sys.path.append": () => NONE,
  "django.get_version": (call) => unknown("machine", "Django's version", call.site),
  "platform.python_version": () => unknown("machine", "Python's version"),
});

/** False when the program runs (Python docs, "typing.TYPE_CHECKING"). */
export const TYPING_VALUES: Readonly<Record<string, Value>> = table({
  "typing.TYPE_CHECKING": FALSE,
  "typing_extensions.TYPE_CHECKING": FALSE,
});

/** `copy.copy(value)`: what the copy holds are the same objects. */
function shallowCopy(call: CallContext): Value | undefined {
  const { machine: m, state, site } = call;
  const [value] = call.args.positional;
  if (value === undefined) return undefined;
  return m.distribute(state, [value], ([leaf]) =>
    leaf?.kind === "reference" ? m.allocate(state, m.contents(state, leaf), site.file) : (leaf as Value),
  );
}

const copied: KnownCall = (call) => {
  const [value] = call.args.positional;
  if (value === undefined) return undefined;
  return own(call.machine, call.state, call.machine.freeze(call.state, value), call.site.file);
};

/** Top-level modules of CPython 3.12: importing them does not fail, and none of them defines a Django setting. */
export const STANDARD_MODULES: ReadonlySet<string> = new Set(
  "__future__ abc argparse array ast asyncio atexit base64 bisect builtins calendar cgi codecs collections colorsys configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib dis email enum errno fcntl filecmp fileinput fnmatch fractions ftplib functools gc getpass gettext glob grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword locale logging lzma mailbox math mimetypes multiprocessing netrc numbers operator os pathlib pickle pkgutil platform plistlib posixpath pprint pwd queue random re resource runpy sched secrets select shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string struct subprocess sys sysconfig syslog tarfile tempfile textwrap threading time timeit tomllib traceback types typing unicodedata unittest urllib uuid venv warnings weakref xml xmlrpc zipfile zipimport zlib zoneinfo".split(
    " ",
  ),
);
