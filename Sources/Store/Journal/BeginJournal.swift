import Crypto
import Foundation
import Postgres
public import Shop

/// A chain of which the copies outside the database say more than the database has, or something else.
struct BehindChain: Codable, Hashable {
    let chain: ID<Chain>
    /// The till's code; "-" where the database does not know the chain, or it is the association's.
    let till: String
    /// The last position that was told outside.
    let told: Int64
    /// Where the database's chain ends.
    let has: Int64
}

/// What is done with the journal's head copies and keys by whoever keeps the installation.
extension Store {
    /// Compares the chains with the copies of their heads outside the database, as far as the file's last lines go. What is sold after an
    /// older backup was put back would give numbers twice: throws `journalBehind` (A2).
    public func checkHeads() async throws {
        guard let first = try await behind().first else { return }
        throw Refusal(
            .journalBehind,
            ["till": .text(first.till), "position": .number(first.told)]
        )
    }

    /// What a service does before it serves: the same, and the version of the software is noted where it is another than before.
    public func beginJournal() async throws {
        try await checkHeads()
        try await noteSoftware()
    }

    /// By chain.
    private func behind() async throws -> [BehindChain] {
        let told = try heads.last(bytes: 2 << 20)
        return try await transaction { tx in
            try told.sorted { $0.key < $1.key }.compactMap { chain, heads in
                guard let last = heads.keys.max() else { return nil }
                let row = try tx.query(
                    """
                    select coalesce(t.code, '-') as till, h.position, e.hash from chain_heads h
                    left join tills t on t.id = h.till_id
                    left join journal_entries e on e.chain_id = h.id and e.position = \(last)
                    where h.id = \(chain)
                    """
                ).first
                guard let row else {
                    // The second-hand registers keep their heads in the same file, under their shop's id.
                    let isRegister = try !tx.query("select from shops where id = \(chain)").isEmpty
                    return isRegister
                        ? nil : BehindChain(chain: chain, till: "-", told: last, has: 0)
                }
                let hash: Data? = try row["hash"]
                // Two tellings of one position: it was sealed anew after an older backup was put back.
                let twice = heads.filter { $0.value.count > 1 }.keys.min()
                if heads[last] == hash.map({ [$0] }), twice == nil { return nil }
                return BehindChain(
                    chain: chain,
                    till: try row["till"],
                    told: last,
                    has: min(try row["position"], (twice ?? .max) - 1)
                )
            }
        }
    }

    private func noteSoftware() async throws {
        let last: String? = try await transaction { tx in
            try tx.query(
                """
                select subject from journal_events where event = 'software_changed'
                order by happened_at desc, position desc limit 1
                """
            ).first.map { try $0["subject"] }
        }
        let isSetUp = try await association() != nil
        if last != softwareVersion, isSetUp {
            try await record(.softwareChanged, softwareVersion, last ?? "", at: nil, by: nil)
        }
    }

    /// Goes on after an older backup was put back: the journal says for each chain what is gone, then the copies of the heads are put
    /// aside under another name, and new ones begin from where the chains are. Throws `associationOnly`; `journalWhole` where nothing is
    /// gone.
    public func resumeJournal(
        _ reason: ResumeReason,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        try staff.checkHoldsEverywhere(.administrators)
        let gone = try await behind()
        guard !gone.isEmpty else { throw Refusal(.journalWhole) }
        // What is gone is part of the request: the same key tells nothing else later.
        let input = [reason.rawValue] + gone.map { "\($0.chain) \($0.told) \($0.has)" }
        _ = try await chaining("resume-journal", key: key, input: input, by: staff) { tx, now in
            var chain = OpenChain(try associationHead(in: tx, at: now))
            for one in gone {
                _ = try record(
                    .backupRestored,
                    "\(one.till) \(reason.rawValue)",
                    "\(one.chain) \(one.told) \(one.has)",
                    by: staff.id,
                    now: max(now, chain.head.lastAt),
                    &chain,
                    in: tx
                )
            }
            return (true, chain.entries)
        }
        let now: [(ID<Chain>, Int64, Data)] = try await transaction { tx in
            try tx.query(
                "select id, position, hash from chain_heads where position > 0 order by id"
            ).map {
                (try $0["id"], try $0["position"], try $0["hash"])
            }
        }
        let aside = try heads.putAside(at: clock.now())
        for (chain, position, hash) in now {
            try heads.append(chain: chain, position: position, hash: hash)
        }
        return aside
    }

    /// Positions that a backup put back took away, by chain: the journal itself says so.
    func resumedPositions() async throws -> [ID<Chain>: [ClosedRange<Int64>]] {
        let details: [String] = try await reports.transaction { tx in
            try tx.query("select detail from journal_events where event = 'backup_restored'").map {
                try $0["detail"]
            }
        }
        var ranges: [ID<Chain>: [ClosedRange<Int64>]] = [:]
        for detail in details {
            let words = detail.split(separator: " ")
            guard words.count == 3, let chain = ID<Chain>(String(words[0])),
                let told = Int64(words[1]), let has = Int64(words[2]), has < told
            else { continue }
            ranges[chain, default: []].append((has + 1)...told)
        }
        return ranges
    }

    /// Makes a new key for signing: the journal names it under the old one, whose public half stays. A service that runs goes on with the
    /// old one until it is started again, and what it signs is still believed. Throws `associationOnly`.
    public func changeJournalKey(
        in folder: String,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        try staff.checkHoldsEverywhere(.administrators)
        let next = P256.Signing.PrivateKey()
        let id = keyID(of: next.publicKey)
        try Keys.keepPublic(next.publicKey, in: folder)
        let made = try await sealing("change-journal-key", key: key, input: [String](), by: staff) {
            tx,
            now in
            try tx.execute(
                """
                insert into journal_keys (id, public_key, starts_at)
                values (\(id), \(next.publicKey.x963Representation), \(now))
                """
            )
            let entry = try record(
                .keyChanged,
                id,
                hexadecimal(next.publicKey.x963Representation),
                at: nil,
                by: staff.id,
                now: now,
                in: tx
            )
            return (id, entry)
        }
        // The same request again changes nothing more.
        if made == id { try Keys.replace(next, in: folder) }
        return made
    }

    /// Notes that a proof of the journal failed. `fault` says of what kind and where.
    public func noteFailedVerification(_ fault: Verification.Fault) async throws {
        try await record(.verificationFailed, fault.kind, fault.place, at: nil, by: nil)
    }
}

extension Keys {
    /// The public half beside the others: whoever judges a signature finds it there.
    static func keepPublic(_ key: P256.Signing.PublicKey, in folder: String) throws {
        let path = folder + "/" + keyID(of: key) + publicSuffix
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: key.x963Representation,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CocoaError(.fileWriteNoPermission) }
    }

    /// Puts a private key in the place of the one that signed until now, whole or not at all.
    static func replace(_ key: P256.Signing.PrivateKey, in folder: String) throws {
        let draft = folder + "/journal.p256.next"
        _ = unlink(draft)
        guard
            FileManager.default.createFile(
                atPath: draft,
                contents: key.rawRepresentation,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CocoaError(.fileWriteNoPermission) }
        guard rename(draft, folder + "/journal.p256") == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }
}
