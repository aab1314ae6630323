import Crypto
import Foundation
import Logging
public import Postgres
public import Shop

/// A key with which a structure's vouchers are signed, as lists show it.
public struct StructureKey: Hashable, Sendable, Codable {
    public let id: String
    public let begunOn: Day
    /// Nil while it signs.
    public let endedOn: Day?
    public let end: End?

    /// How a key ended. Raw values are stored.
    public enum End: String, CaseIterable, Sendable, Codable {
        /// What it signed stays good.
        case replaced
        /// Somebody else may have had it: nothing that it signed is believed any more.
        case revoked
    }
}

extension StructureKey.End: Bindable, Readable {}

extension Store {
    /// The keys of a structure, the newest first.
    public func structureKeys(of structure: ID<Structure>) async throws -> [StructureKey] {
        try await transaction { tx in
            try tx.query(
                """
                select id, begun_at, ended_at, ended_how from structure_keys where structure_id = \(structure)
                order by begun_at desc, id limit 100
                """
            ).map { row in
                let begun: Instant = try row["begun_at"]
                let ended: Instant? = try row["ended_at"]
                return StructureKey(
                    id: try row["id"],
                    begunOn: begun.day,
                    endedOn: ended?.day,
                    end: try row["ended_how"]
                )
            }
        }
    }

    /// Ends the key that signs for a structure, and makes the next one. Throws `associationOnly` for whoever does not
    /// manage every shop, `unknownThing` for a structure whose prescribers have no account.
    public func changeStructureKey(
        of structure: ID<Structure>,
        _ end: StructureKey.End,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        let input = [structure.text, end.rawValue]
        return try await command("change-structure-key", key: key, input: input, by: staff) {
            tx,
            now in
            try staff.checkHoldsEverywhere(.shopManagers)
            try tx.lock(structure)
            let ended = try tx.execute(
                """
                update structure_keys set ended_at = \(now), ended_by = \(staff.id), ended_how = \(end)
                where structure_id = \(structure) and ended_at is null
                """
            )
            guard ended == 1 else { throw Refusal.unknown(structure) }
            try makeKey(of: structure, in: tx, at: now)
            return structure
        }
    }

    /// Makes the structure's first key where it has none. The structure's row is locked.
    func ensureKey(of structure: ID<Structure>, in tx: Transaction, at now: Instant) throws {
        let signing = try tx.query(
            "select from structure_keys where structure_id = \(structure) and ended_at is null"
        )
        if signing.isEmpty { try makeKey(of: structure, in: tx, at: now) }
    }

    private func makeKey(of structure: ID<Structure>, in tx: Transaction, at now: Instant) throws {
        let id = StructureKeyID(randomness.bytes(4).reduce(0) { $0 << 8 | UInt32($1) })
        let key = P256.Signing.PrivateKey()
        try tx.execute(
            """
            insert into structure_keys (id, structure_id, public_key, wrapped_key, begun_at)
            values (\(id.description), \(structure), \(key.publicKey.x963Representation),
                    \(try keys.wrapped(key, as: id)), \(now))
            """
        )
    }

    /// Throws `signingUnavailable` where the installation's key is not the one that wrapped it, or its file is damaged: whoever
    /// signs can do nothing about it, and the doctor says what to do.
    private func opened(_ wrapped: Data, as id: StructureKeyID) throws -> P256.Signing.PrivateKey {
        do { return try keys.unwrapped(wrapped, as: id) } catch {
            logger.error(
                "a structure's key does not open",
                metadata: ["key": "\(id)", "error": "\(error)"]
            )
            throw Refusal(.signingUnavailable)
        }
    }

    /// How many keys that sign do not open under the installation's key.
    func keysThatDoNotOpen(in tx: Transaction) throws -> Int {
        let rows = try tx.query("select id, wrapped_key from structure_keys where ended_at is null")
        return try rows.map { row -> Bool in
            guard let id = StructureKeyID(try row["id"]) else { return false }
            let wrapped: Data = try row["wrapped_key"]
            do { _ = try keys.unwrapped(wrapped, as: id) } catch { return false }
            return true
        }.count { !$0 }
    }

    /// Signs a statement with the structure's key.
    func sign(
        of structure: ID<Structure>,
        in tx: Transaction,
        _ statement: (StructureKeyID) throws -> VoucherStatement
    ) throws -> SignedVoucher {
        let rows = try tx.query(
            "select id, wrapped_key from structure_keys where structure_id = \(structure) and ended_at is null"
        )
        guard let row = rows.first, let id = StructureKeyID(try row["id"]) else {
            throw Refusal.unknown(structure)
        }
        let statement = try statement(id)
        let key = try opened(try row["wrapped_key"], as: id)
        let signature = try key.signature(for: statement.bytes).rawRepresentation
        return SignedVoucher(statement, signature: Array(signature))
    }

    /// Whether the statement was signed by the key that it names, as the voucher of its code was, and whether that key is
    /// still believed. Throws `voucherForged`, `voucherKeyRevoked`.
    public func check(_ signed: SignedVoucher) async throws {
        let id = signed.statement.key
        try await transaction { tx in
            let rows = try tx.query(
                """
                select k.public_key, k.ended_at, k.ended_how, s.name,
                       (select g.digits from vouchers v join voucher_signatures g on g.voucher_id = v.id
                        where v.code = \(signed.statement.code.digits) and g.key_id = k.id) as digits
                from structure_keys k
                join structures s on s.id = k.structure_id where k.id = \(id.description)
                """
            )
            guard let row = rows.first else { throw Refusal(.voucherForged) }
            let key = try P256.Signing.PublicKey(x963Representation: try row["public_key"] as Data)
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: signed.signature)
            let digits: String? = try row["digits"]
            guard key.isValidSignature(signature, for: signed.statement.bytes),
                digits == signed.digits
            else { throw Refusal(.voucherForged) }
            let end: StructureKey.End? = try row["ended_how"]
            if end == .revoked, let at: Instant = try row["ended_at"] {
                throw Refusal(
                    .voucherKeyRevoked,
                    ["structure": .text(try row["name"]), "on": .day(at.day)]
                )
            }
        }
    }
}

extension Transaction {
    /// Locks a structure's row. Throws `unknownThing`.
    func lock(_ structure: ID<Structure>) throws {
        let rows = try query("select from structures where id = \(structure) for no key update")
        if rows.isEmpty { throw Refusal.unknown(structure) }
    }
}

extension Keys {
    /// A structure's private key as the database keeps it: AES-256-GCM, its id authenticated with it, so that one
    /// moved to another row does not open.
    func wrapped(_ key: P256.Signing.PrivateKey, as id: StructureKeyID) throws -> Data {
        let box = try AES.GCM.seal(
            key.rawRepresentation,
            using: wrapping,
            authenticating: Data(id.description.utf8)
        )
        guard let bytes = box.combined else { preconditionFailure("a nonce of 12 bytes") }
        return bytes
    }

    func unwrapped(_ bytes: Data, as id: StructureKeyID) throws -> P256.Signing.PrivateKey {
        let box = try AES.GCM.SealedBox(combined: bytes)
        let key = try AES.GCM.open(
            box,
            using: wrapping,
            authenticating: Data(id.description.utf8)
        )
        return try P256.Signing.PrivateKey(rawRepresentation: key)
    }
}
