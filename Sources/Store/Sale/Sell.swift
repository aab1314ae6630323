import Foundation
import Postgres
public import Shop

extension Store {
    /// Sells or gives, or throws the `Refusal`. Safe to repeat: the same key gives the same ticket.
    ///
    /// Two pipelined trips: claim, locks and reads; then, decided, the writes with the commit. The head of the chain goes
    /// to its file outside the database before the reply. What was just written is not read again for the answer.
    public func sell(_ request: SaleRequest, key: ID<Claim>, by staff: Staff) async throws -> Ticket
    {
        let place = try staff.place()
        let hash = try keys.claimDigest("sell", request, by: staff)
        let claimedAt = clock.now()
        let query = StandingQuery(
            buyer: request.buyer,
            labels: request.labels,
            codes: request.codes,
            units: request.units,
            shop: place.shop,
            around: claimedAt.day
        )
        let outcome: Outcome = try await counting(at: place.shop) {
            try await selling(request.facts) { tx in
                var trip = Trip()
                let claim = trip.add(
                    claimStatement(key, verb: "sell", hash: hash, by: staff, at: claimedAt)
                )
                let claimed = trip.add(claimResult(key))
                let locks = trip.add(query.locks)
                let headRow = trip.add(headLock(of: place.id))
                let facts = trip.add(query.reads)
                let drawerRow = trip.add(drawerNow(of: place.id))
                let payer = trip.add(payingProgramme(request.tender))
                let rows = try tx.pipeline(trip.statements)
                if rows[claim].affected == 0 {
                    let result = try twinResult(rows[claimed], hash: hash)
                    try keepHeads()
                    return .already(try ticket(in: result))
                }
                let head = try ChainHead(rows[headRow])
                // After the locks, or an entry could precede its predecessor.
                let reading = clock.now()
                var chain = OpenChain(head)
                let now = max(reading, head.lastAt)
                try noteJump(to: reading, at: place, by: staff, &chain, in: tx)
                let drawer = try OpenDrawer(rows[drawerRow], of: place, at: now)
                let standing = try query.standing(rows[facts])
                let goods = try query.goods(rows[facts])
                try query.checkLocked(standing, goods, rows[locks])
                let programme = try paying(
                    request.tender,
                    rows[payer],
                    on: now.day
                )
                let allowed = try decide(
                    request,
                    standing: standing,
                    goods: goods,
                    in: place.shop,
                    on: now.day
                )
                let priced = try price(
                    allowed,
                    request.tender,
                    numbers: standing.numbers,
                    on: now.day
                )
                let link = chain.head.next(request.kind.entry, at: now)
                let sale = SaleRecord(
                    priced,
                    request,
                    id: newID(),
                    key: key,
                    at: place,
                    drawer: drawer,
                    link: link,
                    by: staff,
                    programme: programme
                )
                let entry = try seal(sale.canonical, link, after: chain.head.hash)
                let result = JSONB("{\"sale\":\"\(sale.id)\"}")
                var writes = entry.statements
                writes += self.writes(sale, priced, at: now)
                writes.append("update claims set result = \(result) where key = \(key)")
                _ = try tx.finish(writes)
                try keepHeads(of: chain.entries + [entry])
                let code = ReceiptCode(
                    till: place.code,
                    kind: sale.kind.receipt,
                    number: link.number
                )
                return .sold(Ticket(sale: sale, code: code, unitsBack: [:]))
            }
        }
        switch outcome {
        case .sold(let ticket): return ticket
        case .already(let id): return try await receipt(of: id).ticket
        }
    }
}

extension Store {
    /// A sale's transaction. It runs again when, while the sale waited for a row, the buyer's file was merged into
    /// another or a voucher was written down: what it locked is then not all that it read.
    private func selling<T: Sendable>(
        _ facts: [String: Refusal.Fact],
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        for _ in 0..<3 {
            do {
                return try await transaction(facts, keepingPlans: true, body)
            } catch is LockedTooLittle {}
        }
        throw Refusal(.busy)
    }
}

/// What whoever sells is told: the sale, its printed number, and what came back of it since.
public struct Ticket: Sendable {
    public let sale: SaleRecord
    public let code: ReceiptCode
    /// Units that came back, by the line's position.
    public let unitsBack: [Int: Int]
}

private enum Outcome: Sendable {
    case sold(Ticket)
    /// A twin of the request has sold it.
    case already(ID<Sale>)
}

/// What the till runs. Printed on receipts and sealed in the journal.
public let softwareVersion = "Comptoir 0.1"

private func ticket(in result: String) throws -> ID<Sale> {
    struct Result: Decodable { let sale: ID<Sale> }
    return try JSONDecoder().decode(Result.self, from: Data(result.utf8)).sale
}

private func payingProgramme(_ tender: SaleRequest.Tender) -> SQL {
    let code: String? = if case .gift(let code) = tender { code } else { nil }
    return "select id, code, starts_on, ends_on from programmes where code = \(code)"
}

/// The programme that pays a gift; nil for a sale. Throws `programmeUnknown`, `programmeOver`.
private func paying(_ tender: SaleRequest.Tender, _ rows: Rows, on day: Day) throws -> ID<
    Programme
>? {
    guard case .gift(let code) = tender else { return nil }
    guard let row = rows.first else {
        throw Refusal(.programmeUnknown, ["code": .text(code)])
    }
    let starts: Day = try row["starts_on"]
    let ends: Day = try row["ends_on"]
    guard starts <= day, day <= ends else {
        throw Refusal(
            .programmeOver,
            ["code": .text(code), "from": .day(starts), "to": .day(ends)]
        )
    }
    return try row["id"]
}

extension Staff {
    /// Where this person sells. Throws `tillMissing` away from a till.
    public func place() throws(Refusal) -> TillPlace {
        guard let till else { throw Refusal(.tillMissing) }
        return till
    }
}

extension SaleRequest {
    /// What the words of a constraint may name.
    var facts: [String: Refusal.Fact] {
        [
            "label": .text(labels.joined(separator: ", ")),
            "code": .text(codes.joined(separator: ", ")),
        ]
    }
}

extension SaleRecord {
    init(
        _ priced: Priced,
        _ request: SaleRequest,
        id: ID<Sale>,
        key: ID<Claim>,
        at place: TillPlace,
        drawer: OpenDrawer,
        link: Link,
        by staff: Staff,
        programme: ID<Programme>?
    ) {
        self.init(
            id: id,
            key: key,
            kind: request.kind,
            till: place.id,
            shop: place.shop,
            drawer: drawer.ordinal,
            link: link,
            businessOn: drawer.businessOn,
            seller: staff.id,
            operatorCode: staff.operatorCode,
            person: priced.allowed.buyer?.person,
            household: priced.allowed.buyer?.household,
            programme: programme,
            total: priced.total,
            value: priced.value,
            tax: priced.tax,
            rules: priced.allowed.rules.joined(separator: ","),
            software: softwareVersion,
            lines: priced.lines,
            payments: priced.payments
        )
    }
}
