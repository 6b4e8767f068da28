#!/usr/bin/env python3
"""outturn_verify: the second checker of Outturn's bundles, written from docs/audit-log.md alone.

    python3 outturn_verify.py BUNDLE --policy FILE [--known CHECKPOINT] [--receipt RECEIPT] [--json]
    python3 outturn_verify.py --batch --policy FILE [--known CHECKPOINT] [--receipt RECEIPT]

Python's standard library, and the command `openssl` (version 3) for Ed25519. No network. It shares no code with
outturn-verify.mjs, so that neither need be trusted: where the two disagree, one of them is wrong.
"""
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time

FILE_LIMIT = 1 << 32
LINE_LIMIT = 1 << 24
OWN_FILE_LIMIT = 1 << 20
DEPTH_LIMIT = 64
ACT_LIMIT = 65_536
PAYMENT_LINE_LIMIT = 1_048_576
BIGGEST = (1 << 53) - 1
FUTURE = 300

EXIT = {"WITNESSED": 0, "UNWITNESSED": 10, "DIVERGED": 30, "INVALID": 40}


class Invalid(Exception):
    """The bundle breaks a rule of the page."""


class CannotDecide(Exception):
    """The command, or a file of the reader's own, is no good: exit status 64."""


def plain(text, limit=80):
    """For people: printable ASCII only, whatever a file calls itself."""
    cut = "".join(c if " " <= c <= "~" and c != "\\" else "\\u{%x}" % ord(c) for c in text[:limit])
    return cut if len(text) <= limit else "%s... (%d characters)" % (cut, len(text))


# ---------------------------------------------------------------------------------------------------------------------
# Canonical JSON (RFC 8785)
# ---------------------------------------------------------------------------------------------------------------------

def number_text(value):
    """A double as ECMAScript writes it, which is what RFC 8785 asks for."""
    if value == 0:
        return "0"
    if value < 0:
        return "-" + number_text(-value)
    mantissa, exponent = ("%r" % value if "e" in "%r" % value else "%re0" % value).split("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + ("" if fraction == "0" else fraction)).lstrip("0")
    # the decimal point stands after so many of the digits, when leading and trailing zeros are gone
    point = int(exponent) + len(whole)
    if whole == "0":
        point = int(exponent) - (len(fraction) - len(fraction.lstrip("0")))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = "%s%d" % ("+" if point > 0 else "-", abs(point - 1))
    return digits[0] + ("." + digits[1:] if count > 1 else "") + "e" + power


def read_number(text):
    value = float(text)
    if value in (float("inf"), float("-inf")) or number_text(value) != text:
        raise ValueError("a number that is not canonical")
    return int(value) if value.is_integer() and abs(value) <= BIGGEST else value


def no_constant(name):
    raise ValueError(name)


PARSER = json.JSONDecoder(parse_float=read_number, parse_int=read_number, parse_constant=no_constant)
QUICK = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def write_canonical(value, depth=1):
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return number_text(float(value))
    if depth > DEPTH_LIMIT:
        raise Invalid("nested more than %d deep" % DEPTH_LIMIT)
    if isinstance(value, list):
        return "[" + ",".join(write_canonical(item, depth + 1) for item in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    members = (quoted(name) + ":" + write_canonical(value[name], depth + 1) for name in names)
    return "{" + ",".join(members) + "}"


def has_half_pair(text):
    try:
        text.encode("utf-8")
        return False
    except UnicodeEncodeError:
        return True


def canonical_object(text, name):
    """Parses, writes again and compares: what is not canonical, repeated keys included, does not come out the same."""
    try:
        value, end = PARSER.raw_decode(text)
    except (ValueError, RecursionError):
        raise Invalid("%s is not canonical JSON" % name)
    if not isinstance(value, dict):
        raise Invalid("%s is not an object" % name)
    # In ASCII, the order of code points is that of UTF-16 units, and few brackets cannot be nested too deep.
    if text.isascii() and text.count("{") + text.count("[") <= DEPTH_LIMIT and QUICK.encode(value) == text:
        return value
    again = write_canonical(value)
    if has_half_pair(again) or again != text:
        raise Invalid("%s is not canonical JSON" % name)
    return value


# ---------------------------------------------------------------------------------------------------------------------
# What members may be
# ---------------------------------------------------------------------------------------------------------------------

def pattern(expression):
    match = re.compile(expression, re.ASCII).fullmatch
    return lambda value: isinstance(value, str) and match(value) is not None


def is_text(value):
    return isinstance(value, str)


is_digits = pattern("0|[1-9][0-9]{0,15}")
is_hex = pattern("[0-9a-f]{64}")
is_stream = pattern("service|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
is_instant = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
is_date = pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")
is_money = pattern("0|-?[1-9][0-9]{0,29}")
has_form_of_hash = pattern("[A-Za-z0-9+/]{43}=")


def is_number(value):
    return is_digits(value) and int(value) <= BIGGEST


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST


def is_hash(value):
    return has_form_of_hash(value) and base64.b64encode(base64.b64decode(value)).decode() == value


def is_hashes(value):
    return isinstance(value, list) and all(map(is_hash, value))


def is_object(value):
    return isinstance(value, dict)


def or_null(check):
    return lambda value: value is None or check(value)


def exactly(wanted):
    return lambda value: type(value) is type(wanted) and value == wanted


def type_in_leaf(kind):
    """A leaf tells one type from all others: an edition of the terms may not be hidden."""
    return kind if kind == "terms.activated" else "act"


def is_leaf_type(value):
    return is_text(value) and type_in_leaf(value) == value


ENTRY = dict(index=is_number, seq=is_number, type=is_leaf_type, commitment=is_hex)
LINES = {
    "bundle": dict(format=exactly("outturn-bundle/v2"), origin=is_text, contract=is_text, stream=is_stream,
                   subject=is_object),
    "checkpoint": dict(note=is_text),
    "consistency": dict(fromSize=is_number, fromRoot=is_hash, hashes=is_hashes),
    "entry": ENTRY,
    "gap": {"from": is_number, "to": is_number, "hashes": is_hashes},
    "head": dict(index=is_number, leaf=is_text, position=is_number, hashes=is_hashes),
    "terms": dict(number=is_number, document=is_text),
    "statement": dict(document=is_text),
    "lines": dict(entry=is_number, size=is_number),
    "line": dict(index=is_number, salt=is_hex, body=is_text),
    "end": dict(lines=is_number, sha256=is_hex),
}
OPENED = dict(ENTRY, salt=is_hex, body=is_text)
SUBJECTS = {
    "contract": dict(type=is_text),
    "statement": dict(type=is_text, number=is_number, period=is_text),
    "claim": dict(type=is_text, number=is_number),
    "line": dict(type=is_text, line=is_text),
    "participant": dict(type=is_text, reference=is_text),
}
HEADS = dict(heads=is_hash, recordedAt=is_instant, streams=is_number)
BODY = dict(duty=is_text, effectiveOn=or_null(is_date), format=exactly(1), party=or_null(is_text), payload=is_object,
            personId=or_null(is_text), recordedAt=is_instant, seq=is_text, stream=is_text, type=is_text)
LINE_BODY = dict(amountMinor=is_money, clause=is_text, line=is_text, subject=is_text, what=is_text)
PAYLOADS = {
    "contract.drafted": dict(code=is_text),
    "terms.activated": dict(number=is_count, documentHash=is_hex),
    "claim.submitted": dict(claimId=is_text, number=is_count, lines=is_count, totalMinor=is_money, linesHash=is_hex),
    "claim.decided": dict(claimId=is_text, number=is_count, approved=is_count, returned=is_count,
                          approvedMinor=is_money, returnedMinor=is_money, decisionsHash=is_hex),
    "statement.issued": dict(number=is_count, periodId=is_text, documentHash=is_hex),
}


def demand_members(value, form, name, may_have_more=False):
    if not may_have_more and len(value) != len(form):
        raise Invalid("%s does not have just the members it must have" % name)
    for member, check in form.items():
        if member not in value or not check(value[member]):
            raise Invalid('"%s" of %s is missing or ill-typed' % (member, name))


# ---------------------------------------------------------------------------------------------------------------------
# Trees (RFC 6962)
# ---------------------------------------------------------------------------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def unbase64(text):
    return base64.b64decode(text)


def commitment(salt, body):
    return hashlib.sha256(bytes.fromhex(salt) + body.encode("utf-8")).hexdigest()


class GrowingTree:
    """Roots of complete subtrees, largest first, as the binary digits of the size name them."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, digest, height=0):
        """The subtree of 2^height leaves at the right end; the size is a multiple of 2^height."""
        carry = self.size >> height
        while carry & 1:
            digest = node_hash(self.peaks.pop(), digest)
            carry >>= 1
        self.peaks.append(digest)
        self.size += 1 << height

    def append_hidden(self, end, hashes):
        heights = []
        at = self.size
        while at < end:
            low = (at & -at).bit_length() - 1 if at else 64
            high = (end - at).bit_length() - 1
            heights.append(min(low, high))
            at += 1 << heights[-1]
        if len(heights) != len(hashes):
            raise Invalid("the gap needs %d hashes and has %d" % (len(heights), len(hashes)))
        for height, digest in zip(heights, hashes):
            self.append(unbase64(digest), height)

    def root(self):
        if not self.peaks:
            return sha256(b"")
        digest = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            digest = node_hash(peak, digest)
        return digest


def inclusion_holds(index, size, leaf, hashes, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size or len(leaf) != 32:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in hashes:
        if sn == 0 or len(p) != 32:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistency_holds(first, first_root, second, second_root, hashes):
    """RFC 9162 section 2.1.4.2."""
    if first == second:
        return not hashes and first_root == second_root
    if not 0 < first < second or not hashes:
        return False
    path = list(hashes)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if any(len(c) != 32 for c in path):
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


# ---------------------------------------------------------------------------------------------------------------------
# Signatures
# ---------------------------------------------------------------------------------------------------------------------

class Ed25519:
    """Asks the command openssl; an answer is kept, because many bundles of a batch carry the same checkpoint."""

    def __init__(self):
        self.answers = {}
        self.folder = None

    def verifies(self, public_key, message, signature):
        question = sha256(public_key + sha256(message) + signature)
        if question not in self.answers:
            if len(self.answers) > 100_000:
                self.answers.clear()
            self.answers[question] = self.ask(public_key, message, signature)
        return self.answers[question]

    def ask(self, public_key, message, signature):
        if self.folder is None:
            self.folder = tempfile.TemporaryDirectory(prefix="outturn-verify-")
        names = {name: os.path.join(self.folder.name, name) for name in ("key", "message", "signature")}
        contents = {"key": bytes.fromhex("302a300506032b6570032100") + public_key, "message": message,
                    "signature": signature}
        for name, content in contents.items():
            with open(names[name], "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names["key"], "-rawin",
                   "-in", names["message"], "-sigfile", names["signature"]]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, close_fds=False)
        except OSError:
            raise CannotDecide("the command openssl cannot be run; it is needed to verify signatures")
        if done.returncode == 0 and b"Verified Successfully" in done.stdout:
            return True
        if b"Verification Failure" in done.stdout:  # its first line tells a bad signature from a bad command
            return False
        return self.doubt(done.stdout)

    def doubt(self, output):
        """openssl says why it refuses a key that is no point of the curve; an old one does not know the command."""
        if b"sage:" in output or b"nknown option" in output or b"ot supported" in output:
            raise CannotDecide("this openssl cannot verify Ed25519 signatures; version 3 can")
        return False


ED25519 = Ed25519()
SPACES = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
SIGNATURE_LINE = re.compile("\u2014 ([^ +]+) ([A-Za-z0-9+/]+={0,2})")


def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


class Note:
    def __init__(self, text):
        if any(c < " " and c != "\n" for c in text):
            raise Invalid("the note has a control character")
        cut = text.rfind("\n\n")
        below = text[cut + 2:]
        if cut < 0 or not below.endswith("\n"):
            raise Invalid("the note is not a text, an empty line and signature lines")
        lines = below[:-1].split("\n")
        if len(lines) > 16:
            raise Invalid("the note has %d signature lines" % len(lines))
        self.text = text[:cut + 1]
        self.signatures = [self.signature(line) for line in lines]

    @staticmethod
    def signature(line):
        match = SIGNATURE_LINE.fullmatch(line)
        data = strict_base64(match.group(2)) if match else None
        if data is None or len(data) < 5 or SPACES.search(match.group(1)):
            raise Invalid("a signature line of the note is malformed")
        return match.group(1).encode("utf-8"), data[:4], data[4:]

    def verify(self, origin, keys):
        """(cosignatures as pairs of witness and time, names that are unknown); refuses what must be refused."""
        cosignatures, unknown, is_signed = [], [], False
        for name, key_id, signature in self.signatures:
            key = next((key for key in keys if key.name == name and key.key_id == key_id), None)
            if key is None:
                unknown.append(name)
            elif key.type == 1:
                self.demand(key, self.text.encode("utf-8"), signature)
                is_signed = is_signed or name == origin.encode("utf-8")
            else:
                moment = int.from_bytes(signature[:8], "big")
                message = "cosignature/v1\ntime %d\n%s" % (moment, self.text)
                if len(signature) != 72 or moment >= 1 << 63:
                    raise Invalid('the cosignature by "%s" does not verify' % plain(name.decode("utf-8")))
                self.demand(key, message.encode("utf-8"), signature[8:])
                cosignatures.append((key.witness, moment))
        if not is_signed:
            raise Invalid("the note is not signed by a key of its log")
        return cosignatures, unknown

    @staticmethod
    def demand(key, message, signature):
        if len(signature) != 64 or not ED25519.verifies(key.public, message, signature):
            raise Invalid('the signature by "%s" does not verify' % plain(key.name.decode("utf-8", "replace")))


class Checkpoint:
    def __init__(self, text, keys):
        note = Note(text)
        lines = note.text.split("\n")
        if len(lines) != 4 or lines[3] != "":
            raise Invalid("a checkpoint has three lines")
        self.origin, size, self.root = lines[:3]
        if not is_number(size) or size == "0":
            raise Invalid("the size of a checkpoint is 1 to 2^53 - 1")
        if not is_hash(self.root):
            raise Invalid("the root of the checkpoint is not a hash")
        self.size = int(size)
        self.cosignatures, self.unknown = note.verify(self.origin, keys)


class Receipt:
    def __init__(self, text, keys):
        note = Note(text)
        lines = note.text.split("\n")
        if len(lines) != 7 or lines[6] != "" or lines[0] != "outturn-receipt/v1":
            raise Invalid("a receipt has six lines")
        _, self.origin, self.stream, seq, self.leaf, deadline, _ = lines
        if not (is_stream(self.stream) and is_number(seq) and seq != "0" and is_hash(self.leaf)
                and is_number(deadline)):
            raise Invalid("a line of the receipt is not what it must be")
        self.seq, self.deadline = int(seq), int(deadline)
        note.verify(self.origin, keys)


# ---------------------------------------------------------------------------------------------------------------------
# The policy (C2SP tlog-policy), in octets
# ---------------------------------------------------------------------------------------------------------------------

class Key:
    def __init__(self, vkey, kind, witness=None):
        parts = vkey.split(b"+", 2)
        data = strict_base64(parts[2].decode("latin-1")) if len(parts) == 3 else None
        if data is None or not parts[0] or not re.fullmatch(b"[0-9a-f]{8}", parts[1]):
            raise CannotDecide('"%s" is not a verifier key' % plain(vkey.decode("latin-1")))
        if len(data) != 33 or data[0] != kind:
            raise CannotDecide('"%s" is not an Ed25519 key of type %d' % (plain(vkey.decode("latin-1")), kind))
        self.name, self.type, self.public, self.witness = parts[0], kind, data[1:], witness
        self.key_id = bytes.fromhex(parts[1].decode())
        if key_id(self.name, kind, self.public) != self.key_id:
            raise CannotDecide('the key id of "%s" is wrong' % plain(vkey.decode("latin-1")))


def key_id(name, kind, public):
    return sha256(name + b"\n" + bytes([kind]) + public)[:4]


class Policy:
    def __init__(self, data):
        if not data.endswith(b"\n"):
            raise CannotDecide("the last line has no line feed")
        if re.search(rb"[^\t\n\x20-\x7e\x80-\xff]", data):
            raise CannotDecide("there is a control character in it")
        self.logs, self.witnesses, self.groups = [], {}, {}
        self.members, self.quorum = set(), None
        for number, line in enumerate(data.split(b"\n"), 1):
            words = [word for word in re.split(rb"[ \t]+", line) if word]
            if not words or words[0].startswith(b"#"):
                continue
            try:
                handler = {b"log": self.log, b"witness": self.witness, b"group": self.group,
                           b"quorum": self.set_quorum}[words[0]]
                handler(*words[1:])
            except (KeyError, TypeError, ValueError) as problem:
                raise CannotDecide("line %d is no good (%s)" % (number, plain(str(problem))))
        if self.quorum is None:
            raise CannotDecide("it has no quorum line")
        self.keys = self.logs + list(self.witnesses.values())

    def is_defined(self, name):
        return name in self.witnesses or name in self.groups

    def define(self, name):
        if name == b"none" or self.is_defined(name):
            raise ValueError("the name is taken")

    def log(self, vkey, url=None):
        key = Key(vkey, 1)
        if any(other.public == key.public for other in self.logs):
            raise ValueError("the key is there already")
        self.logs.append(key)

    def witness(self, name, vkey, url=None):
        self.define(name)
        key = Key(vkey, 4, name)
        if any(other.public == key.public for other in self.witnesses.values()):
            raise ValueError("the key is there already")
        self.witnesses[name] = key

    def group(self, name, threshold, *members):
        self.define(name)
        if not members:
            raise ValueError("a group has members")
        if threshold in (b"all", b"any"):
            needed = len(members) if threshold == b"all" else 1
        elif re.fullmatch(rb"[1-9][0-9]{0,8}", threshold):
            needed = int(threshold)
        else:
            raise ValueError("a threshold is all, any or a number")
        if needed > len(members):
            raise ValueError("more is asked for than there is")
        for member in members:
            if not self.is_defined(member) or member in self.members:
                raise ValueError("a member is undefined, or a member already")
            self.members.add(member)
        self.groups[name] = needed, members

    def set_quorum(self, name):
        if self.quorum is not None or not (name == b"none" or self.is_defined(name)):
            raise ValueError("a second quorum, or of an undefined name")
        self.quorum = name

    def is_met(self, witnesses):
        present = set(witnesses)
        for name, (needed, members) in self.groups.items():
            if sum(member in present for member in members) >= needed:
                present.add(name)
        return self.quorum in present

    def has_log(self, origin):
        return any(key.name == origin.encode("utf-8") for key in self.logs)


# ---------------------------------------------------------------------------------------------------------------------
# The bundle
# ---------------------------------------------------------------------------------------------------------------------

class Claim:
    def __init__(self, claim_id):
        self.claim_id = claim_id
        self.is_submitted = False
        self.submitter = None
        self.submitted_lines = 0
        self.decided_lines = 0
        self.decided = set()


class ClaimEntry:
    """An opened claim.submitted or claim.decided: what its lines must give."""

    def __init__(self, claim, number, root, expected):
        self.claim, self.number, self.root, self.expected = claim, number, root, expected
        self.size = sum(count for count, _ in expected.values())
        self.is_shown = False


class Group:
    """The lines of one entry while they are being read."""

    def __init__(self, seq, entry):
        self.seq, self.entry = seq, entry
        self.tree = GrowingTree()
        self.found = {what: [0, 0] for what in entry.expected}
        self.has_gap = self.ends_in_gap = False


class Reader:
    def __init__(self, policy, receipt):
        self.policy, self.receipt = policy, receipt
        self.number, self.seq = 0, None
        self.expected = ("bundle",)
        self.digest = hashlib.sha256()
        self.tree, self.ends_in_gap = GrowingTree(), False
        self.entries = self.opened = self.acts = 0
        self.first_closed = None
        self.names_contract = False
        self.activated, self.claims, self.claim_entries = set(), {}, {}
        self.issued = None
        self.earlier = None
        self.group = None
        self.last_terms, self.last_group = -1, 0
        self.shown = 0
        self.shows_subject_line = False
        self.promised = None
        self.is_ended = False

    def take(self, raw):
        """One line, without its line feed."""
        self.seq = None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Invalid("the line is not UTF-8")
        value = canonical_object(text, "the line")
        kind = value.pop("kind", None)
        if not isinstance(kind, str) or kind not in self.expected:
            wanted = " or ".join(self.expected) or "nothing"
            raise Invalid("%s is expected here, and not %s" % (wanted, plain(str(kind))))
        form = OPENED if kind == "entry" and ("salt" in value or "body" in value) else LINES[kind]
        demand_members(value, form, "the line")
        getattr(self, "on_" + kind)(value)
        if not self.is_ended:
            self.digest.update(raw)
            self.digest.update(b"\n")

    # ---- the beginning

    def on_bundle(self, value):
        subject = value["subject"]
        kind = subject.get("type")
        if not isinstance(kind, str) or kind not in SUBJECTS:
            raise Invalid("the subject is of an unknown type")
        demand_members(subject, SUBJECTS[kind], "the subject")
        if not self.policy.has_log(value["origin"]):
            raise Invalid('the policy has no log named "%s"' % plain(value["origin"]))
        self.origin, self.contract, self.stream = value["origin"], value["contract"], value["stream"]
        self.subject = subject
        self.stream_json = quoted(self.stream)
        self.expected = ("checkpoint",)

    def on_checkpoint(self, value):
        self.checkpoint = Checkpoint(value["note"], self.policy.keys)
        if self.checkpoint.origin != self.origin:
            raise Invalid("the checkpoint is of another log than the bundle")
        self.expected = ("consistency", "entry", "gap", "head")

    def on_consistency(self, value):
        size, root = int(value["fromSize"]), value["fromRoot"]
        proof = [unbase64(text) for text in value["hashes"]]
        if size < 1 or not consistency_holds(size, unbase64(root), self.checkpoint.size,
                                             unbase64(self.checkpoint.root), proof):
            raise Invalid("the consistency proof does not hold")
        self.earlier = size, root
        self.expected = ("entry", "gap", "head")

    # ---- the log

    def on_entry(self, value):
        seq = self.seq = value["seq"]
        if int(value["index"]) != self.tree.size:
            raise Invalid("the index should be %d" % self.tree.size)
        if self.tree.size >= self.checkpoint.size - 1:
            raise Invalid("only the heads leaf may stand here")
        if int(seq) != self.entries + 1:
            raise Invalid("entry %d of the stream should stand here" % (self.entries + 1))
        self.entries += 1
        leaf = '{"commitment":"%s","seq":"%s","stream":%s,"type":"%s"}' % (
            value["commitment"], seq, self.stream_json, value["type"])
        digest = leaf_hash(leaf.encode("utf-8"))
        self.tree.append(digest)
        self.ends_in_gap = False
        if self.receipt and self.receipt.seq == self.entries:
            self.promised = base64.b64encode(digest).decode()
        if "salt" in value:
            self.open_entry(value)
        elif value["type"] == "terms.activated" and self.first_closed is None:
            self.first_closed = seq
        self.expected = ("entry", "gap", "head")

    def open_entry(self, value):
        if commitment(value["salt"], value["body"]) != value["commitment"]:
            raise Invalid("the commitment is not that of salt and body")
        body = canonical_object(value["body"], "the body")
        demand_members(body, BODY, "the body")
        if body["seq"] != value["seq"]:
            raise Invalid("the body has another number")
        if type_in_leaf(body["type"]) != value["type"]:
            raise Invalid("the leaf does not say the type of the body as it must")
        if body["stream"] != self.stream:
            raise Invalid("the body is of another stream")
        self.opened += 1
        kind, payload = body["type"], body["payload"]
        if kind not in PAYLOADS:
            return
        demand_members(payload, PAYLOADS[kind], "the payload", may_have_more=True)
        self.acts += 1
        if self.acts > ACT_LIMIT:
            raise Invalid("too many entries are opened")
        getattr(self, "act_" + kind.replace(".", "_"))(payload, body)

    def act_contract_drafted(self, payload, body):
        if payload["code"] != self.contract:
            raise Invalid('the contract is "%s", and the bundle says otherwise' % plain(payload["code"]))
        self.names_contract = True

    def act_terms_activated(self, payload, body):
        self.activated.add((payload["number"], payload["documentHash"]))

    def act_statement_issued(self, payload, body):
        subject = self.subject
        if subject["type"] != "statement":
            return
        if int(subject["number"]) != payload["number"] or subject["period"] != payload["periodId"]:
            return
        if self.issued is not None:
            raise Invalid("the statement is issued a second time")
        if self.first_closed is not None:
            raise Invalid("entry %s, before the statement, is not opened" % self.first_closed)
        self.issued = payload["documentHash"]

    def act_claim_submitted(self, payload, body):
        number = payload["number"]
        if number in self.claims:
            raise Invalid("claim %d was there before it was submitted" % number)
        claim = self.claims[number] = Claim(payload["claimId"])
        claim.is_submitted, claim.submitter = True, body["personId"]
        claim.submitted_lines = payload["lines"]
        expected = {"submitted": (payload["lines"], int(payload["totalMinor"]))}
        self.claim_entries[int(body["seq"])] = ClaimEntry(claim, number, payload["linesHash"], expected)

    def act_claim_decided(self, payload, body):
        number = payload["number"]
        claim = self.claims.setdefault(number, Claim(payload["claimId"]))
        if claim.claim_id != payload["claimId"]:
            raise Invalid("claim %d has two ids" % number)
        claim.decided_lines += payload["approved"] + payload["returned"]
        if claim.is_submitted and claim.submitter == body["personId"]:
            raise Invalid("claim %d is decided by whoever submitted it" % number)
        if claim.is_submitted and claim.decided_lines > claim.submitted_lines:
            raise Invalid("more lines of claim %d are decided than it has" % number)
        expected = {"approved": (payload["approved"], int(payload["approvedMinor"])),
                    "returned": (payload["returned"], int(payload["returnedMinor"]))}
        self.claim_entries[int(body["seq"])] = ClaimEntry(claim, number, payload["decisionsHash"], expected)

    def on_gap(self, value):
        start, end = int(value["from"]), int(value["to"])
        group = self.group
        if group:
            self.seq = group.seq
            tree, limit, ends_in_gap = group.tree, group.entry.size, group.ends_in_gap
        else:
            tree, limit, ends_in_gap = self.tree, self.checkpoint.size - 1, self.ends_in_gap
        if start != tree.size:
            raise Invalid("the gap should begin at %d" % tree.size)
        if not start < end <= limit:
            raise Invalid("the gap is empty, or goes too far")
        if ends_in_gap:
            raise Invalid("there are two gaps in a row")
        if group and self.is_subject_claim(group.entry):
            raise Invalid("lines of the claim are hidden")
        tree.append_hidden(end, value["hashes"])
        if group:
            group.has_gap = group.ends_in_gap = True
            self.close_group_if_complete()
        else:
            self.ends_in_gap = True
            self.expected = ("entry", "gap", "head")

    def on_head(self, value):
        size = self.checkpoint.size
        if int(value["index"]) != size - 1 or self.tree.size != size - 1:
            raise Invalid("there should be %d leaves before the heads leaf" % (size - 1))
        heads = canonical_object(value["leaf"], "the heads leaf")
        demand_members(heads, HEADS, "the heads leaf")
        latest = leaf_hash(('{"seq":"%d","stream":%s}' % (self.entries, self.stream_json)).encode("utf-8"))
        proof = [unbase64(text) for text in value["hashes"]]
        if self.entries == 0 or not inclusion_holds(int(value["position"]), int(heads["streams"]), latest, proof,
                                                    unbase64(heads["heads"])):
            raise Invalid("it is not proved that entry %d is the latest of the stream" % self.entries)
        self.tree.append(leaf_hash(value["leaf"].encode("utf-8")))
        if base64.b64encode(self.tree.root()).decode() != self.checkpoint.root:
            raise Invalid("the root of the leaves is not the root that was signed")
        kind = self.subject["type"]
        if kind == "statement" and self.issued is None:
            raise Invalid("the statement.issued entry of the subject is not opened")
        if kind == "claim":
            claim = self.claims.get(int(self.subject["number"]))
            if claim is None or not claim.is_submitted:
                raise Invalid("the claim.submitted entry of the subject is not opened")
        self.expected = ("terms", "statement") if kind == "statement" else ("terms", "lines", "end")

    # ---- documents and payment lines

    def on_terms(self, value):
        number = int(value["number"])
        if number <= self.last_terms:
            raise Invalid("terms are out of order")
        if (number, sha256(value["document"].encode("utf-8")).hex()) not in self.activated:
            raise Invalid("these terms are not what an opened terms.activated has")
        self.last_terms = number

    def on_statement(self, value):
        if sha256(value["document"].encode("utf-8")).hex() != self.issued:
            raise Invalid("this is not the statement as it was issued")
        self.expected = ("lines", "end")

    def on_lines(self, value):
        seq = int(value["entry"])
        self.seq = value["entry"]
        entry = self.claim_entries.get(seq)
        if entry is None:
            raise Invalid("entry %d is not an opened claim entry" % seq)
        if seq <= self.last_group:
            raise Invalid("lines of entries are out of order")
        if int(value["size"]) != entry.size:
            raise Invalid("the entry has %d lines" % entry.size)
        self.last_group = seq
        self.group = Group(value["entry"], entry)
        self.expected = ("line", "gap")
        self.close_group_if_complete()

    def on_line(self, value):
        group = self.group
        self.seq = group.seq
        if int(value["index"]) != group.tree.size:
            raise Invalid("the index should be %d" % group.tree.size)
        body = canonical_object(value["body"], "the body of the line")
        demand_members(body, LINE_BODY, "the body of the line")
        what = body["what"]
        if what not in group.found:
            raise Invalid('"%s" is not what a line of this entry can be' % plain(what))
        if self.subject["type"] == "participant" and body["subject"] != self.subject["reference"]:
            raise Invalid("a line of another subject is shown")
        self.shown += 1
        if self.shown > PAYMENT_LINE_LIMIT:
            raise Invalid("too many payment lines are shown")
        if what == "submitted":
            if self.subject["type"] == "line" and body["line"] == self.subject["line"]:
                self.shows_subject_line = True
        else:
            name = sha256(body["line"].encode("utf-8"))[:16]  # shorter than the reference may be
            if name in group.entry.claim.decided:
                raise Invalid("the line is decided a second time")
            group.entry.claim.decided.add(name)
        group.found[what][0] += 1
        group.found[what][1] += int(body["amountMinor"])
        leaf = '{"commitment":"%s"}' % commitment(value["salt"], value["body"])
        group.tree.append(leaf_hash(leaf.encode("ascii")))
        group.ends_in_gap = False
        self.close_group_if_complete()

    def close_group_if_complete(self):
        group = self.group
        if group.tree.size < group.entry.size:
            return
        if group.tree.root().hex() != group.entry.root:
            raise Invalid("the lines are not those that the entry has the digest of")
        if not group.has_gap:
            for what, (count, total) in group.entry.expected.items():
                if group.found[what] != [count, total]:
                    raise Invalid("the lines that are %s do not add up" % what)
        group.entry.is_shown = True
        self.group = None
        self.expected = ("lines", "end")

    def on_end(self, value):
        if int(value["lines"]) != self.number - 1:
            raise Invalid("there are %d lines before it" % (self.number - 1))
        if self.digest.hexdigest() != value["sha256"]:
            raise Invalid("the lines before it have another digest")
        for seq, entry in self.claim_entries.items():
            if self.is_subject_claim(entry) and not entry.is_shown:
                raise Invalid("the lines of entry %d are missing" % seq)
        if self.subject["type"] == "line" and not self.shows_subject_line:
            raise Invalid("the payment line is not shown in a claim.submitted")
        self.is_ended = True
        self.expected = ()

    def is_subject_claim(self, entry):
        return self.subject["type"] == "claim" and int(self.subject["number"]) == entry.number

    def read(self, file):
        """Reads the whole file, line by line."""
        while True:
            raw = file.readline(LINE_LIMIT + 1)
            self.number += 1
            self.seq = None
            if not raw:
                if not self.is_ended:
                    raise Invalid("the file ends before its end line")
                return
            if not raw.endswith(b"\n"):
                if len(raw) > LINE_LIMIT:
                    raise Invalid("the line is longer than %d bytes" % LINE_LIMIT)
                raise Invalid("the file ends in the middle of the line")
            self.take(raw[:-1])


# ---------------------------------------------------------------------------------------------------------------------
# Verdicts
# ---------------------------------------------------------------------------------------------------------------------

def open_plain(path):
    """Opens a plain file; a pipe would keep us waiting, and a directory has no bytes."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as problem:
        raise CannotDecide("%s cannot be opened: %s" % (plain(str(path)), getattr(problem, "strerror", problem)))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise CannotDecide("%s is not a plain file" % plain(str(path)))
    return os.fdopen(handle, "rb", 1 << 16)


def own_file(path, name, read):
    with open_plain(path) as file:
        data = file.read(OWN_FILE_LIMIT + 1)
    try:
        if len(data) > OWN_FILE_LIMIT:
            raise Invalid("it is too large")
        return read(data)
    except UnicodeDecodeError:
        raise CannotDecide("the %s cannot be used: it is not UTF-8" % name)
    except (Invalid, CannotDecide) as problem:
        raise CannotDecide("the %s cannot be used: %s" % (name, problem))


def answer(verdict, first_bad=None, proved=(), not_proved=(), checkpoint=None):
    return {"verdict": verdict, "exitStatus": EXIT.get(verdict, 64), "firstBad": first_bad, "proved": list(proved),
            "notProved": list(not_proved), "checkpoint": checkpoint}


def verify(path, policy, known_path=None, receipt_path=None):
    try:
        known = known_path and own_file(known_path, "kept checkpoint",
                                        lambda data: Checkpoint(data.decode("utf-8"), policy.keys))
        receipt = receipt_path and own_file(receipt_path, "receipt",
                                            lambda data: Receipt(data.decode("utf-8"), policy.keys))
        reader = Reader(policy, receipt)
        with open_plain(path) as file:
            try:
                if os.fstat(file.fileno()).st_size > FILE_LIMIT:
                    reader.number = 1
                    raise Invalid("the file has more than %d bytes" % FILE_LIMIT)
                reader.read(file)
            except Invalid as problem:
                bad = {"line": reader.number, "seq": reader.seq, "detail": str(problem)}
                return answer("INVALID", bad, (), ["Nothing in this bundle can be relied on."])
        return conclude(reader, known, receipt)
    except CannotDecide as problem:
        return answer(None, not_proved=[str(problem)])


def conclude(reader, known, receipt):
    checkpoint = reader.checkpoint
    limit = int(time.time()) + FUTURE
    counted = [(name, moment) for name, moment in checkpoint.cosignatures if moment <= limit]
    future = [name for name, moment in checkpoint.cosignatures if moment > limit]
    against = []
    if known:
        against += check_known(reader, known)
    if receipt:
        against += check_receipt(reader, receipt, counted)
    is_witnessed = reader.policy.is_met(name for name, _ in counted)
    verdict = "DIVERGED" if against else "WITNESSED" if is_witnessed else "UNWITNESSED"
    proved = proved_sentences(reader, counted)
    if known and not against:
        proved.append("This history continues the one whose checkpoint you kept.")
    if receipt and not against:
        proved.append("The receipt is kept." if reader.promised else "The receipt is not due yet.")
    return answer(verdict, None, proved, against + open_sentences(reader, is_witnessed, future),
                  {"origin": checkpoint.origin, "size": str(checkpoint.size), "root": checkpoint.root})


def check_known(reader, known):
    now = reader.checkpoint
    if known.origin != now.origin:
        raise CannotDecide("the kept checkpoint is of another log than the bundle")
    if known.size == now.size:
        is_good = known.root == now.root
    else:
        is_good = known.size < now.size and reader.earlier == (known.size, known.root)
    return [] if is_good else ["IT DIVERGES from the checkpoint you kept (size %d), or does not show that it continues it."
                               % known.size]


def check_receipt(reader, receipt, counted):
    if receipt.origin != reader.origin or receipt.stream != reader.stream:
        raise CannotDecide("the receipt is for another log or stream than the bundle")
    if receipt.seq <= reader.entries:
        is_broken = reader.promised != receipt.leaf
    else:
        is_broken = any(moment > receipt.deadline for _, moment in counted)
    return ["IT BREAKS THE RECEIPT for entry %d of the stream." % receipt.seq] if is_broken else []


def proved_sentences(reader, counted):
    point = reader.checkpoint
    sentences = ['The log "%s" signed this history, of %d leaves and root %s.' % (plain(point.origin), point.size, point.root)]
    for name, moment in counted:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment))
        sentences.append("Witness %s cosigned it at %s UTC." % (plain(name.decode("latin-1")), when))
    sentences.append("The stream %s has just entries 1 to %d; %d of them are opened, and are what was recorded."
                     % (reader.stream, reader.entries, reader.opened))
    if reader.names_contract:
        sentences.append('It is the stream of the contract "%s".' % plain(reader.contract))
    if reader.shown:
        sentences.append("%d payment lines are what was recorded, and add up where an entry's lines are all shown."
                         % reader.shown)
    return sentences


def open_sentences(reader, is_witnessed, future):
    sentences = []
    if not is_witnessed:
        sentences.append("That others were shown the same history: the cosignatures that the policy asks for are not there.")
    for name in future:
        sentences.append("The cosignature by %s is from the future and does not count." % plain(name.decode("latin-1")))
    for name in reader.checkpoint.unknown:
        sentences.append("The policy does not know the key of a signature by %s; it does not count."
                         % plain(name.decode("utf-8")))
    if not reader.names_contract:
        sentences.append('That the stream belongs to the contract "%s".' % plain(reader.contract))
    if reader.opened < reader.entries:
        sentences.append("What is in the %d entries that are not opened, and what they are about."
                         % (reader.entries - reader.opened))
    sentences.append("That what was typed in was true, and that whatever happened was recorded.")
    return sentences


# ---------------------------------------------------------------------------------------------------------------------
# The command
# ---------------------------------------------------------------------------------------------------------------------

def read_command(words):
    command, bundles = {}, []
    words = list(words)
    while words:
        word = words.pop(0)
        if word in ("--json", "--batch"):
            command[word] = True
        elif word in ("--policy", "--known", "--receipt") and word not in command and words:
            command[word] = words.pop(0)
        elif word.startswith("--"):
            raise CannotDecide("%s is not understood" % plain(word))
        else:
            bundles.append(word)
    if "--policy" not in command or len(bundles) != (0 if "--batch" in command else 1):
        raise CannotDecide("use: outturn_verify.py BUNDLE --policy FILE [--known CHECKPOINT] [--receipt RECEIPT] [--json]")
    return command, bundles


def say(result):
    bad = result["firstBad"]
    if bad:
        entry = ", entry %s" % bad["seq"] if bad["seq"] is not None else ""
        print("First bad line: %d%s: %s." % (bad["line"], entry, bad["detail"]))
    for sentence in result["proved"]:
        print("Proved: " + sentence)
    for sentence in result["notProved"]:
        print("%s: %s" % ("Not proved" if result["verdict"] else "Nothing was decided", sentence))
    print("Verdict: %s (exit status %d)" % (result["verdict"] or "none", result["exitStatus"]))


def batch(policy, command):
    worst = 0
    for raw in sys.stdin.buffer:
        fields = os.fsdecode(raw.rstrip(b"\n")).split("\t") + ["", ""]
        result = verify(fields[0], policy, fields[1] or command.get("--known"), fields[2] or command.get("--receipt"))
        print(json.dumps(dict(result, file=fields[0])), flush=True)
        worst = max(worst, result["exitStatus"])
    return worst


def main(words):
    command = {}
    try:
        command, bundles = read_command(words)
        if shutil.which("openssl") is None:
            raise CannotDecide("the command openssl is needed to verify signatures, and is not there")
        policy = own_file(command["--policy"], "policy", Policy)
        if "--batch" in command:
            return batch(policy, command)
        result = verify(bundles[0], policy, command.get("--known"), command.get("--receipt"))
    except CannotDecide as problem:
        result = answer(None, not_proved=[str(problem)])
    if "--json" in command or "--batch" in command:
        print(json.dumps(result))
    else:
        say(result)
    return result["exitStatus"]


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has gone away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 64
    sys.exit(status)
