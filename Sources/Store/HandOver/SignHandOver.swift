import Crypto
import Foundation
import Postgres
public import Shop

/// How an act is signed.
public enum HandOverSignature: Hashable, Sendable {
    case screen(Strokes)
    case paper
    /// The witness proved who they are on the spot.
    case refused(witness: Staff.Witness)

    public var way: HandOverWay {
        switch self {
        case .screen: .screen
        case .paper: .paper
        case .refused: .refused
        }
    }

    public var strokes: Strokes? {
        if case .screen(let strokes) = self { strokes } else { nil }
    }

    public var witness: Staff.Witness? {
        if case .refused(let witness) = self { witness } else { nil }
    }
}

extension Staff {
    /// Who saw a refusal to sign.
    public struct Witness: Hashable, Sendable {
        public let id: ID<User>
        public let operatorCode: String
        let reach: Reach

        public init(_ staff: Staff) {
            id = staff.id
            operatorCode = staff.operatorCode
            reach = staff.reach(.everyone)
        }
    }
}

/// An act as it is asked for.
public struct HandOverRequest: Sendable {
    public let ticket: ReceiptCode
    /// The version that was on the screen; nil: whatever is in force.
    public let termsOn: Day?
    /// Nil: the person’s own.
    public let language: SpokenLanguage?
    public let signature: HandOverSignature

    public init(
        ticket: ReceiptCode,
        termsOn: Day? = nil,
        language: SpokenLanguage? = nil,
        signature: HandOverSignature
    ) {
        self.ticket = ticket
        self.termsOn = termsOn
        self.language = language
        self.signature = signature
    }
}

extension Store {
    /// Hands a gift over, once: what was drawn on paper is kept, its digest sealed in the chain of the till. `document` is
    /// the PDF of `act`; where anything of the act changed since it was read, nothing is signed.
    ///
    /// Locks the person, the ticket’s claim, then the chain’s head. Throws `tillMissing`, `saleUnknown`,
    /// `nothingToHandOver`, `handedOverAlready`, `giftReturned`, `noticeRefused` for a drawing of somebody who wants no
    /// name kept, `roleMissing` for a witness of no shop here, `witnessOwn`, `handOverChanged`, `termsMissing`.
    public func signHandOver(
        _ request: HandOverRequest,
        act: HandOverAct,
        document: [UInt8],
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> HandedOver {
        let place = try staff.place()
        let facts: [String: Refusal.Fact] = ["receipt": .text(request.ticket.text)]
        let content = Data(document)
        let digest = Data(SHA256.hash(data: content))
        let input = SignInput(request)
        _ = try await sealing("hand-over", key: key, input: input, by: staff, facts: facts) {
            tx,
            now in
            let sale = try tx.giftToHandOver(request.ticket, in: staff.reach(.sellers))
            let person = try tx.lockReceiver(of: sale)
            try tx.execute(
                "select key from claims where key = (select key from sales where id = \(sale)) for no key update"
            )
            let head = try ChainHead(tx.query(headLock(of: place.id)))
            let link = head.next(.event, at: max(now, head.lastAt))
            try tx.checkStillOpen(sale, facts)
            try tx.checkMayBe(request.signature, of: person, in: sale)
            // After the locks: what was drawn is what there is, or nothing is signed.
            let current = try tx.handOverAct(sale, in: request.language, on: link.at.day)
            guard current == act, request.termsOn ?? act.terms.startsOn == act.terms.startsOn else {
                throw Refusal(.handOverChanged, facts)
            }
            let record = HandOverRecord(
                sale: sale,
                ticket: act.ticket,
                shop: try tx.query("select shop_id from sales where id = \(sale)")[0]["shop_id"],
                till: place.id,
                link: link,
                signedBy: staff.id,
                termsOn: act.terms.startsOn,
                language: act.terms.language,
                way: request.signature.way,
                witness: request.signature.witness?.id,
                digest: hexadecimal(digest)
            )
            let entry = try seal(record.canonical, link, after: head.hash)
            _ = try tx.pipeline(
                entry.statements + [
                    insert(record, digest),
                    """
                    insert into hand_over_documents (sale_id, digest, content) values (\(sale), \(digest), \(content))
                    """,
                ]
            )
            return (sale, entry)
        }
        return try await handedOver(request.ticket, in: staff.reach(.sellers))
    }
}

private struct SignInput: Encodable, Sendable {
    let ticket: String
    let termsOn: Day?
    let language: String?
    let way: HandOverWay
    let strokes: Strokes?
    let witness: ID<User>?

    init(_ request: HandOverRequest) {
        ticket = request.ticket.text
        termsOn = request.termsOn
        language = request.language?.text
        way = request.signature.way
        strokes = request.signature.strokes
        witness = request.signature.witness?.id
    }
}

private func insert(_ record: HandOverRecord, _ digest: Data) -> SQL {
    """
    insert into hand_overs (sale_id, shop_id, till_id, chain_id, position, signed_at, signed_by, terms_on, language, way,
                            witness_id, digest)
    values (\(record.sale), \(record.shop), \(record.till), \(record.link.chain), \(record.link.position),
            \(record.link.at), \(record.signedBy), \(record.termsOn), \(record.language), \(record.way),
            \(record.witness), \(digest))
    """
}

extension Transaction {
    /// Throws `handedOverAlready`, `giftReturned`: better words than that something changed.
    fileprivate func checkStillOpen(
        _ sale: ID<Sale>,
        _ facts: [String: Refusal.Fact]
    ) throws {
        let row = try query(
            """
            select exists (select from hand_overs where sale_id = s.id) as done, \(somethingStays) as stays
            from sales s where s.id = \(sale)
            """
        )[0]
        if try row["done"] { throw Refusal(.handedOverAlready, facts) }
        if try !row["stays"] { throw Refusal(.giftReturned, facts) }
    }

    /// Throws `noticeRefused`, `roleMissing`. A drawn signature is a name; paper stays with whoever keeps it.
    fileprivate func checkMayBe(
        _ signature: HandOverSignature,
        of person: ID<Person>,
        in sale: ID<Sale>
    ) throws {
        switch signature {
        case .screen: try checkMayKeepName(of: person)
        case .paper: break
        case .refused(let witness):
            let shop: ID<Shop> = try query("select shop_id from sales where id = \(sale)")[0][
                "shop_id"
            ]
            guard witness.reach.includes(shop) else {
                throw Refusal(.roleMissing, ["roles": .roles(.everyone)])
            }
        }
    }

    /// Locks the file on the ticket, as a refund does, and the one that goes on, as whoever erases a name does; returns the
    /// latter. Twice: a merge that was waited for has moved it.
    func lockReceiver(of sale: ID<Sale>) throws -> ID<Person> {
        let lock: SQL = """
            select p.id from persons p, sales s where s.id = \(sale) and p.id in (s.person_id, person_now(s.person_id))
            order by p.id for no key update of p
            """
        _ = try pipeline([lock, lock])
        return try query("select person_now(person_id) as person from sales where id = \(sale)")[0][
            "person"
        ]
    }
}
