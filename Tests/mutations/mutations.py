"""Breaks one rule at a time, and expects the tests that hold it to fail: deploy/test mutations [WORD...].

Each mutation is a text of the sources and what stands there instead. The file is put back whatever happens. A mutation
that no test notices ends the run with 1, and so does one whose text is no longer in the sources, or that breaks the
build or the test run itself. About twenty minutes.
"""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Mutation:
    rule: str  # what the shop relies on, with its acceptance ids
    file: str
    old: str
    new: str
    tests: str  # the filter of `swift test` that must go red


MUTATIONS = [
    Mutation("A1: the tax of a line is sealed", "Sources/Shop/Sale/SaleRecord.swift",
             'entry.put(at + "vat_cents", tax)', 'entry.put(at + "vat_cents", Cents.zero)', "JournalTests/altered"),
    Mutation("A1: a signature counts under the keys outside the database alone", "Sources/Store/Journal/Verify.swift",
             "guard let key = self[key],", "guard let key = self[key] ?? values.first,",
             "JournalTests/altered"),
    Mutation("A1: uses are compared with the sealed lines", "Sources/Store/Journal/VerifyConsequences.swift",
             '("use", uses), ', "", "JournalTests/altered"),
    Mutation("A2: the head goes outside the database before the reply", "Sources/Store/Command.swift",
             "try keepingHeads { try heads.append(entries) }", "try keepingHeads { _ = entries }", "JournalTests"),
    Mutation("A3: the service may not edit the journal", "sql/roles.sql",
             "grant update (free) on stock_levels to :app;",
             "grant update (free) on stock_levels to :app; grant update on journal_entries to :app;",
             "JournalTests/sealed"),
    Mutation("A3: not even the owner edits a use", "sql/migrations/0006_gates.sql",
             "'payments', 'uses',", "'payments',", "JournalTests/sealed"),
    Mutation("A4: one till is a queue", "Sources/Store/Journal/Chain.swift",
             "and training = \\(training) for no key update", "and training = \\(training)", "JournalTests/queue"),
    Mutation("A7: never more comes back than was sold", "Sources/Shop/Sale/RefundRequest.swift",
             "guard line.units <= free.count else { throw Refusal(.refundTooMuch) }", "", "RefundTests"),
    Mutation("A5: each duplicate has the next number", "Sources/Store/Receipt/PrintReceipt.swift",
             "copy: isOriginal ? 0 : (last ?? 0) + 1,", "copy: isOriginal ? 0 : (last ?? 1) + 1,", "PrintTests"),
    Mutation("A6: a first print that comes late is a duplicate", "Sources/Store/Receipt/PrintReceipt.swift",
             "let isOriginal = last == nil && at <= madeAt.adding(seconds: minutes * 60)", "let isOriginal = last == nil && at >= madeAt && minutes > 0",
             "PrintTests/late"),
    Mutation("A8: the totals go on from the closing before", "Sources/Store/Journal/VerifyConsequences.swift",
             '("closing", periodOrder), ', "", "PeriodClosingTests/begunAnew"),
    Mutation("A9: nothing is sold in a drawer whose day is over", "Sources/Store/Journal/Chain.swift",
             "guard now.businessDay(endingAt: endsMinutes) <= businessOn else {", "guard now >= Instant(microseconds: 0) else {",
             "PeriodClosingTests/overnight"),
    Mutation("A9: no drawer opens on a closed day, by no statement either", "sql/migrations/0044_period_closings.sql",
             "p.period = 'day' and p.ends_on >= new.business_on) then", "p.period = 'day' and p.ends_on > new.business_on) then",
             "PeriodClosingTests/gates"),
    Mutation("A12: a file that is not its fingerprint is found", "Sources/Store/Archive/CheckArchive.swift",
             "if count != file.bytes || hexadecimal(hash.finalize()) != file.sha256 {", "if count != file.bytes {", "ArchiveTests/everyByte"),
    Mutation("A12: an archive is of closed days", "Sources/Store/Archive/MakeArchive.swift",
             "if let (till, day) = open {", "if let (till, day) = open, from > to {", "ArchiveTests/refuses"),
    Mutation("X6: what left is counted with the money", "Sources/Store/Drawer/CloseDrawer.swift",
             "sold: $0.sold,", "sold: $0.given,", "CashMoveTests/pieces"),
    Mutation("B2: nothing of a person is sealed", "Sources/Shop/Sale/RefundRecord.swift",
             'entry.put("reason", reason)', 'entry.put("reason", reason + "MARKER")', "JournalTests/noNames"),
    Mutation("C1: no shelf without an erasure", "sql/migrations/0033_exchanges.sql",
             "perform raise_gate('stays_need_an_erasure'", "perform nullif('stays_need_an_erasure'",
             "ShelveDeviceTests"),
    Mutation("no shelf with a failing disk", "sql/migrations/0040_stock_room.sql",
             "create constraint trigger stays_are_of_sound_disks after insert on stays\n    for each row execute function check_sound_disks();\n",
             "", "DiskHealthTests"),
    Mutation("an older report clears no disk", "sql/migrations/0040_stock_room.sql",
             "                  and (l.power_on_hours >= h.power_on_hours) is not false\n", "", "DiskHealthTests"),
    Mutation("what is found was missing on that slip", "sql/migrations/0040_stock_room.sql",
             "and b.recorded_at = new.found_at", "", "TransferTests"),
    Mutation("what is found stands where its slip was sent to", "sql/migrations/0040_stock_room.sql",
             " and r.to_shop_id = new.shop_id", "", "TransferTests/foundByNoStatement"),
    Mutation("who says that a machine lies nowhere goes before the count", "Sources/Store/Count/ApplyCount.swift",
             "n.location_id is null and n.placed_at >= c.scanned_at", "false", "LocationTests"),
    Mutation("C5: the register is a queue", "Sources/Store/Donation/Register.swift",
             "where shop_id = \\(shop) for no key update", "where shop_id = \\(shop)", "DonationTests/together"),
    Mutation("C5: what the register says is compared with the rows", "Sources/Store/Donation/VerifyRegister.swift",
             "if let field = entry.record.canonical.firstDifference(from: text) {",
             "if let field = Canonical.firstDifference(text, text) {", "DonationTests/changed"),
    Mutation("C7: what is recycled is not shelved", "sql/migrations/0033_exchanges.sql",
             "if removed_as(new.device_id) is not null or left_by.kind", "if left_by.kind", "RemovalTests"),
    Mutation("X18: what left meanwhile is no difference", "Sources/Store/Count/ReadCount.swift",
             "and a.left_at > \\(openedAt) and a.kind <> 'repricing')", "and false)", "CountTests"),
    Mutation("X18: a second person applies", "sql/migrations/0029_counts.sql",
             "check (kind <> 'applied' or ended_by <> closed_by)", "check (kind <> '')", "CountTests"),
    Mutation("what travelled lies where it lay no more", "Sources/Store/Location/DeviceLocation.swift",
             "and (j.sent_at is null or loc.placed_at >= j.sent_at) ", "", "LocationTests"),
    Mutation("nothing is put where there is no shelf", "sql/migrations/0037_locations.sql",
             "if (select closed_at from locations where id = new.location_id for share) is not null then",
             "if false then", "LocationTests"),
    Mutation("what ended stays ended", "sql/migrations/0039_put_back.sql",
             "when (old.%I is not null and old.*", "when (old.%I is null and old.*", "LocationTests|ShelveDeviceTests"),
    Mutation("nothing is added to an order that is over", "sql/migrations/0039_put_back.sql",
             "if tg_table_name <> 'order_ends' then", "if tg_table_name = 'order_receipts' then", "OrderTests"),
    Mutation("off the shelf and on it again is no leaving", "Sources/Store/Kit/CheckKit.swift",
             "and k.checked_by = \\(staff.id)\n", "and k.checked_by = \\(staff.id) and k.checked_at > here_since(k.device_id)\n",
             "KitTests/cycles"),
    Mutation("what was put back is with its machine no more", "sql/migrations/0039_put_back.sql",
             "r.product_id = p.product_id and r.after_check >= c.ordinal", "r.product_id = p.product_id and false",
             "KitTests/putsBack"),
    Mutation("what is with a machine no more is not put back", "sql/migrations/0039_put_back.sql",
             "and x.left_at >= k.checked_at)", "and false)", "KitTests/leaves"),
    Mutation("a version that is withdrawn never comes into force", "sql/migrations/0039_put_back.sql",
             "where w.device_kind = kind and w.starts_on = k.starts_on)", "where false)", "KitTests/withdrawal"),
    Mutation("a bench keeps no more files than it may", "Sources/Store/Station/ReceiveFile.swift",
             "and ended_at is null) < \\(most)", "and ended_at is null) < \\(most) + 100", "BenchBoundsTests"),
    Mutation("a bench takes in no more machines a day than it may", "Sources/Store/Station/ReceiveFile.swift",
             "guard today < most else {", "guard today < most + 100 else {", "BenchBoundsTests"),
    Mutation("the lot of a public body caps the price", "sql/migrations/0033_exchanges.sql",
             "if new.after_ordinal is null\n       and exists", "if new.after_ordinal is not null\n       and exists",
             "DonationTests/ceilingStays"),
    Mutation("D3: who took a batch in does not approve it", "sql/migrations/0043_vault.sql",
             "check (ended_by <> imported_by)", "check (ended_by is not null)", "VaultTests"),
    Mutation("D3: only what is approved is free", "sql/migrations/0043_vault.sql",
             "on e.batch_id = c.batch_id and e.kind = 'approved'\n        where c.id = new.code_id",
             "on true\n        where c.id = new.code_id", "VaultTests/gates"),
    Mutation("D4: a sale takes the codes that it read", "Sources/Store/Standing/StandingQuery.swift",
             "order by expires_on, code_id limit", "order by expires_on desc, code_id limit", "VaultTests/soonestFirst"),
    Mutation("D5: shown again by who answers for the shop alone", "Sources/Shop/Recharge/CodeShowing.swift",
             "if isWarden, isMotived { return }", "if isMotived { return }", "CodeFileTests/showing|VaultTests/shownOnce"),
    Mutation("D6: a request that comes again much later is no retry", "Sources/Store/Recharge/RevealCodes.swift",
             "guard now <= at.adding(seconds: minutes * 60) else {", "guard now >= at else {", "VaultTests/shownOnce"),
    Mutation("D7: a code opens where it belongs alone", "Sources/Store/Recharge/CodeSeal.swift",
             "recharge code 1\\n\\(code)\\n\\(batch)\\n\\(shop)\\n\\(product)", "recharge code 1", "VaultTests"),
    Mutation("who has the proof does not refund the code too", "sql/migrations/0043_vault.sql",
             "and cleared_by <> back.seller_id) then", "and cleared_by is not null) then", "VaultTests/refunds"),
    Mutation("C4: two years of guarantee", "Sources/Store/Defaults/Defaults.swift",
             '("guarantee_months", 24)', '("guarantee_months", 23)', "SetUpTests/numbers"),
    Mutation("C6, P1: a machine is locked before it is looked at", "Sources/Store/Standing/StandingQuery.swift",
             '"select id from devices where label = any(\\(labels)) order by id for no key update"',
             '"select id from devices where label = any(\\(labels)) order by id"', "SellTests/race"),
    Mutation("E6: a key belongs to its input, its user and its till", "Sources/Store/Command.swift",
             "guard first == hash else { throw Refusal(.keyReused) }", "_ = first", "SellTests"),
    Mutation("P12: a person's quota is held at several tills: a sale reads what it holds", "Sources/Store/Sale/Sell.swift",
             "                let locks = trip.add(query.locks)\n"
             "                let headRow = trip.add(headLock(of: place.id))\n"
             "                let facts = trip.add(query.reads)\n",
             "                let facts = trip.add(query.reads)\n"
             "                let locks = trip.add(query.locks)\n"
             "                let headRow = trip.add(headLock(of: place.id))\n",
             "SellTests/quotaRace|SellTests/lastRight"),
    Mutation("P1: a voucher's last right is held at several tills, whoever of its people buys",
             "Sources/Store/Standing/StandingQuery.swift",
             '"select id from vouchers where id in (\\(vouchers)) order by id for no key update"',
             '"select id from vouchers where id in (\\(vouchers)) order by id"', "SellTests/lastRight"),
    Mutation("X3: a household's limit is held in two shops", "Sources/Store/Standing/StandingQuery.swift",
             "select id from households where id in (", "select id from households where false and id in (",
             "QuotaRaceTests/householdInTwoShops"),
    Mutation("X3: a structure's limit is held at several tills", "Sources/Store/Standing/StandingQuery.swift",
             "select id from structures where exists", "select id from structures where false and exists",
             "QuotaRaceTests/structure"),
    Mutation("X4: one line of a ticket takes one exception", "Sources/Shop/Sale/Decide.swift",
             "overrides.removeAll { lifting.contains($0) }", "overrides.removeAll { _ in false }",
             "OverrideTests/twoLines"),
    Mutation("X4: an exception that a use took helps no more", "Sources/Store/Standing/StandingQuery.swift",
             "and not exists (select from override_uses u where u.override_id = o.id)", "", "OverrideTests"),
    Mutation("X3: what was taken this month counts", "Sources/Shop/Quota/QuotaRule.swift",
             "case .slidingMonths(let months): use.on.adding(months: months)",
             "case .slidingMonths(let months): use.on.adding(months: months - 1)", "QuotaPropertyTests"),
    Mutation("P5: what leaves is taken from what is free", "Sources/Store/Sale/SaleWrites.swift",
             "update stock_levels set free = free - \\(line.quantity)",
             "update stock_levels set free = free - 0 * \\(line.quantity)", "SellTests"),
    Mutation("F4: every answer says nosniff", "Sources/Till/Http/SecurityHeaders.swift",
             '("X-Content-Type-Options", "nosniff"),', "", "AccessTests|TillTests"),
    Mutation("F5: failures make an account wait", "Sources/Store/SignIn/Throttle.swift",
             "private static let free = 4", "private static let free = 400", "SignInTests"),
    Mutation("a course needs all its basic modules", "Sources/Shop/Course/Completion.swift",
             "finished: modules >= rule.modulesMin && !basicMissing", "finished: modules >= rule.modulesMin",
             "CompletionTests"),
    Mutation("F2: what came back is its structure's own", "sql/migrations/0008_prescribers.sql",
             "using (exists (select from uses u where u.sale_id = refund_lines.sale_id and u.position = refund_lines.position));",
             "using (own_structure() is not null);", "PortalTests/exactRows"),
    Mutation("F2: whom a shop knows is not told", "Sources/Store/Prescriber/SignVoucher.swift",
             "where v.structure_id = \\(structure) and n.person_id", "where n.person_id", "PrescriberTests/tellsNobody"),
    Mutation("B3: remarks go with the identity", "sql/migrations/0011_referral.sql",
             "    delete from voucher_details d using voucher_persons n\n"
             "        where n.voucher_id = d.voucher_id and n.person_id = old.person_id;\n", "", "PrescriberTests/details"),
    Mutation("X2: a voucher is renewed so many times in a row", "Sources/Shop/Voucher/Renewal.swift",
             "if number >= most {", "if number > most {", "RenewalTests"),
    Mutation("X2: a renewal names its voucher's people alone", "Sources/Store/Prescriber/RenewVoucher.swift",
             "guard case .known(let person) = person, named.contains(person) else {",
             "guard case .known(let person) = person, named.contains(person) || !named.isEmpty else {",
             "PrescriberTests/renews"),
    Mutation("a bad line of a file stops no other", "Sources/Shop/Text/DelimitedText.swift",
             "line = fields == nil ? line + 1 : reader.line + 1", "line = reader.line + 1", "StructureFileTests"),
    Mutation("P12: two files of one person count as one", "sql/migrations/0012_merges.sql",
             "return array[person] || array(select person_id from person_merges where into_id = person);",
             "return array[person];", "MergeTests"),
    Mutation("P12: whoever leaves a household takes along what it took", "Sources/Shop/Quota/QuotaRule.swift",
             "|| holder.before.contains { $0.covers(use) }", "", "SeparationTests"),
    Mutation("E10: a sale holds the row of whom it sells to", "Sources/Store/Sale/Sell.swift",
             "try query.checkLocked(standing, goods, rows[locks])", "_ = rows[locks]", "MergeTests"),
    Mutation("X3: the last visit that a right opens goes to one shop", "Sources/Store/HelpDesk/RecordVisit.swift",
             "        let locked = try tx.pipeline(query.locks)\n"
             "        let standing = try query.standing(tx.pipeline(query.reads)[...])\n",
             "        let standing = try query.standing(tx.pipeline(query.reads)[...])\n"
             "        let locked = try tx.pipeline(query.locks)\n", "VisitTests/lastUseInTwoShops"),
    Mutation("a visit that is taken back gives its right back", "Sources/Store/Standing/StandingQuery.swift",
             "and not exists (select from visit_take_backs b where b.visit_id = w.visit_id)", "", "VisitTests/takenBack"),
    Mutation("nobody is expected at two places at once", "Sources/Store/HelpDesk/BookAppointment.swift",
             "try tx.checkFree(appointment.time, for: person, receiver, except: nil)", "", "AppointmentTests/overlap"),
    Mutation("F2: what a visit used is told to its structure alone", "sql/migrations/0015_help_desk.sql",
             "using (exists (select from rights r where r.id = right_id));", "using (own_structure() is not null);",
             "PortalTests/exactRows"),
    Mutation("B3: a refusal of the notice erases the name", "Sources/Store/Person/PrivacyNotices.swift",
             '"delete from identities where person_id = any(person_files(\\(person)))",', "", "PrivacyNoticeTests"),
]


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def outcome_of(mutation: Mutation) -> tuple[str, str]:
    """Whether the tests went red, and by which of them. What does not build, or ends the tests before they tell, shows
    nothing of them: such a mutation is to be written anew."""
    built = run("swift", "build", "--build-tests", "--ignore-lock")
    if built.returncode != 0:
        errors = re.findall(r"error: .*", built.stdout)
        return "NOT BUILT", "; ".join(errors[:1])
    tested = run("swift", "test", "--skip-build", "--filter", mutation.tests)
    red = re.findall(r"✘ Test (?:\"(.*?)\"|(\S+)) .*failed", tested.stdout + tested.stderr)
    names = sorted({name or other for name, other in red} - {"run"})
    if tested.returncode != 0 and not names:
        return "CRASHED", "; ".join(re.findall(r"Fatal error: .*", tested.stdout + tested.stderr)[:1])
    return "noticed" if names else "SURVIVED", "; ".join(names)[:200]


def main() -> None:
    words = sys.argv[1:]
    survivors = 0
    for mutation in MUTATIONS:
        if words and not any(word in mutation.rule or word in mutation.tests for word in words):
            continue
        path = ROOT / mutation.file
        text = path.read_text()
        begun = time.monotonic()
        if text.count(mutation.old) != 1:
            outcome, by = "NOT FOUND", mutation.old
        else:
            try:
                path.write_text(text.replace(mutation.old, mutation.new))
                outcome, by = outcome_of(mutation)
            finally:
                path.write_text(text)
        survivors += outcome != "noticed"
        print(f"{outcome:9} {time.monotonic() - begun:4.0f} s  {mutation.rule}\n               {by}", flush=True)
    print(f"{survivors} not noticed")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
