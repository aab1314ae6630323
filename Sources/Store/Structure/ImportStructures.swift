import NIOPosix
import Postgres
public import Shop

/// What an import did with a file of structures, or would do.
public struct StructureImport: Sendable {
    public let format: StructureFile.Format
    public let encoding: DelimitedText.Encoding
    public let delimiter: DelimitedText.Delimiter
    /// In the file's order.
    public let rows: [Row]

    public struct Row: Hashable, Sendable {
        public let line: Int
        public let outcome: Outcome
    }

    public enum Outcome: Hashable, Sendable {
        /// Its key; nil in a preview.
        case new(name: String, ID<Structure>?)
        case known(name: String, ID<Structure>)
        /// It is there, and the file says something else of it.
        case changed(name: String, ID<Structure>, [Change])
        case refused(LineFault)
    }

    /// What the file says that the structure's page does not.
    public struct Change: Hashable, Sendable, Codable {
        public let field: String
        public let from: String
        public let to: String
    }

    public func count(_ kind: Outcome.Kind) -> Int { rows.count { $0.outcome.kind == kind } }
}

extension StructureImport.Outcome {
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case new, known, changed, refused
    }

    public var kind: Kind {
        switch self {
        case .new: .new
        case .known: .known
        case .changed: .changed
        case .refused: .refused
        }
    }
}

extension Store {
    /// Reads a file of structures away from the cooperative threads. Throws what `StructureFile` throws, and
    /// `inputTooLarge`.
    public func readStructures(_ bytes: [UInt8]) async throws -> StructureFile {
        guard bytes.count <= StructureFile.bytesMost else {
            throw Refusal(
                .inputTooLarge,
                ["most": .text("\(StructureFile.bytesMost >> 20) MB")]
            )
        }
        return try await hashing.runIfActive { try StructureFile(bytes) }
    }

    /// What an import of the file would do. Writes nothing.
    public func previewStructures(_ file: StructureFile) async throws -> StructureImport {
        let described = file.rows.compactMap(\.described)
        var known = try await transaction { tx in try KnownStructures(described, in: tx) }
        return StructureImport(file) { row, _ in
            if let found = known.find(row) { return found.outcome(of: row) }
            return known.newName(for: row).map { .new(name: $0, nil) }
                ?? .nameTaken(row.nameWithTown)
        }
    }

    /// Takes the lines in that can be, some hundreds a transaction: one that is stopped has taken whole parts in, and run
    /// again it finds them. The same key again does nothing again.
    public func importStructures(
        _ file: StructureFile,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> StructureImport {
        let good = file.rows.compactMap { row in
            row.described.map { NumberedStructure(line: row.line, structure: $0) }
        }
        var outcomes: [Int: WrittenStructure] = [:]
        for (number, start) in stride(from: 0, to: good.count, by: structuresAtOnce).enumerated() {
            try Task.checkCancellation()
            let part = Array(good[start..<min(start + structuresAtOnce, good.count)])
            let written = try await command(
                "import-structures",
                // Each part has a key of its own, always the same.
                key: derivedKey("\(key) part \(number)"),
                input: part,
                by: staff
            ) { tx, now in
                try take(part, in: tx, by: staff, at: now)
            }
            for one in written { outcomes[one.line] = one }
        }
        return StructureImport(file) { row, line in
            guard let written = outcomes[line] else {
                preconditionFailure("a line without outcome")
            }
            return written.outcome(of: row)
        }
    }

    private func take(
        _ part: [NumberedStructure],
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> [WrittenStructure] {
        var known = try KnownStructures(part.map(\.structure), in: tx)
        return try part.map { numbered in
            let row = numbered.structure
            if let found = known.find(row) {
                let changes = found.changes(of: row)
                if !changes.isEmpty { try tx.execute(try found.correction(by: row)) }
                if let contact = row.contact {
                    try tx.execute(addition(of: contact, to: found.id, by: staff, at: now))
                }
                return WrittenStructure(
                    line: numbered.line,
                    name: found.name,
                    id: found.id,
                    changes: changes,
                    isNew: false
                )
            }
            let id: ID<Structure> = newID()
            let name = known.newName(for: row)
            // Somebody else may write the same down at this moment.
            let inserted = try name.map { name in
                try tx.execute(
                    """
                    insert into structures (id, name, kind, quarter, address, phone, email, agreement_starts_on,
                        agreement_ends_on, recorded_at)
                    values (\(id), \(name), \(row.kind), \(row.quarter), \(row.address), \(row.phone?.e164 ?? ""),
                        \(row.email?.text ?? ""), \(row.agreementStartsOn ?? now.day), \(row.agreementEndsOn), \(now))
                    on conflict do nothing
                    """
                )
            }
            guard let name, inserted == 1 else {
                return WrittenStructure(
                    line: numbered.line,
                    name: row.nameWithTown,
                    id: nil,
                    changes: [],
                    isNew: true
                )
            }
            if let reference = row.reference {
                try tx.execute(
                    """
                    insert into structure_references (reference, structure_id, recorded_at)
                    values (\(reference), \(id), \(now))
                    """
                )
            }
            if let contact = row.contact {
                try tx.execute(addition(of: contact, to: id, by: staff, at: now))
            }
            return WrittenStructure(
                line: numbered.line,
                name: name,
                id: id,
                changes: [],
                isNew: true
            )
        }
    }

    /// A contact of that name who is there stays as the page has them.
    private func addition(
        of contact: DescribedStructure.Contact,
        to structure: ID<Structure>,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        let new = NewContact(
            name: contact.name,
            post: contact.post,
            phone: contact.phone,
            email: contact.email
        )
        let statement = new.statement(newID(), of: structure, by: staff, at: now)
        return "\(statement) on conflict do nothing"
    }
}

/// How many lines one transaction takes in.
private let structuresAtOnce = 500

private struct NumberedStructure: Sendable, Encodable {
    let line: Int
    let structure: DescribedStructure
}

/// What was done with a line, as the claim keeps it.
private struct WrittenStructure: Sendable, Codable {
    let line: Int
    let name: String
    /// Nil when another structure had its name.
    let id: ID<Structure>?
    let changes: [StructureImport.Change]
    let isNew: Bool

    func outcome(of row: DescribedStructure) -> StructureImport.Outcome {
        guard let id else { return .nameTaken(name) }
        if isNew { return .new(name: name, id) }
        return changes.isEmpty ? .known(name: name, id) : .changed(name: name, id, changes)
    }
}

/// Structures that are there, by what a file calls them.
private struct KnownStructures {
    private var byReference: [String: KnownStructure] = [:]
    private var byName: [String: KnownStructure] = [:]
    /// Names as the database folds them, by the name in the file.
    private var folded: [String: String] = [:]
    /// Names of new structures so far.
    private var given: Set<String> = []

    init(_ rows: [DescribedStructure], in tx: Transaction) throws {
        let references = rows.compactMap(\.reference)
        // Of places of the national schema, those that share a name are told apart by their town.
        let names = Array(Set(rows.flatMap { [$0.name.text, $0.nameWithTown] }))
        let columns: SQL = "s.id, s.name, s.kind, s.quarter, s.address, s.phone, s.email, s.search"
        let trips = try tx.pipeline([
            """
            select \(columns), r.reference from structure_references r join structures s on s.id = r.structure_id
            where r.reference = any(\(references))
            """,
            """
            select \(columns), null as reference from structures s
            where s.search in (select fold(n) from unnest(\(names)::text[]) n)
            """,
            "select n as name, fold(n) as folded from unnest(\(names)::text[]) n",
        ])
        for row in trips[0] {
            byReference[try row["reference"]] = try KnownStructure(row)
        }
        for row in trips[1] { byName[try row["search"]] = try KnownStructure(row) }
        for row in trips[2] { folded[try row["name"]] = try row["folded"] }
    }

    /// A place of the national schema is known by its id, any other structure by its name.
    func find(_ row: DescribedStructure) -> KnownStructure? {
        if let reference = row.reference { return byReference[reference] }
        return named(row.name.text)
    }

    /// Under which name a new one is written: its own, else with its town; nil when both are taken, be it by an earlier
    /// line.
    mutating func newName(for row: DescribedStructure) -> String? {
        let free = [row.name.text, row.nameWithTown].first {
            named($0) == nil && !given.contains($0)
        }
        if let free { given.insert(free) }
        return free
    }

    private func named(_ name: String) -> KnownStructure? { folded[name].flatMap { byName[$0] } }
}

extension StructureImport.Outcome {
    fileprivate static func nameTaken(_ name: String) -> Self {
        .refused(
            LineFault(
                field: OwnColumn.name.names[0],
                value: name,
                refusal: Refusal(.nameTaken, ["field": .field(.name), "text": .text(name)])
            )
        )
    }
}

extension DescribedStructure {
    fileprivate var nameWithTown: String {
        town.isEmpty ? name.text : String("\(name.text) (\(town))".prefix(200))
    }
}

private struct KnownStructure: Sendable {
    let id: ID<Structure>
    let name: String
    private let kind: StructureKind
    private let quarter: String
    private let address: String
    private let phone: String
    private let email: String

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        kind = try row["kind"]
        quarter = try row["quarter"]
        address = try row["address"]
        phone = try row["phone"]
        email = try row["email"]
    }

    func outcome(of row: DescribedStructure) -> StructureImport.Outcome {
        let changes = changes(of: row)
        return changes.isEmpty ? .known(name: name, id) : .changed(name: name, id, changes)
    }

    /// What a file leaves empty changes nothing.
    func changes(of row: DescribedStructure) -> [StructureImport.Change] {
        let said = [
            ("kind", kind.rawValue, row.kind.rawValue), ("quarter", quarter, row.quarter),
            ("address", address, row.address), ("phone", phone, row.phone?.e164 ?? ""),
            ("email", email, row.email?.text ?? ""),
        ]
        return said.filter { !$0.2.isEmpty && $0.1 != $0.2 }.map {
            StructureImport.Change(field: $0.0, from: $0.1, to: $0.2)
        }
    }

    func correction(by row: DescribedStructure) throws -> SQL {
        StructureFacts(
            kind: row.kind,
            quarter: row.quarter.isEmpty ? quarter : row.quarter,
            address: row.address.isEmpty ? address : row.address,
            phone: try row.phone ?? .optional(typed: phone),
            email: try row.email ?? .optional(typed: email)
        ).statement(of: id)
    }
}

extension StructureImport {
    fileprivate init(
        _ file: StructureFile,
        _ outcome: (DescribedStructure, Int) -> Outcome
    ) {
        format = file.format
        encoding = file.encoding
        delimiter = file.delimiter
        rows = file.rows.map { row in
            switch row.read {
            case .success(let described):
                Row(line: row.line, outcome: outcome(described, row.line))
            case .failure(let fault): Row(line: row.line, outcome: .refused(fault))
            }
        }
    }
}

/// The contract's document of an import of structures, in the language of whoever reads it.
public struct ToldStructureImport: Codable, Sendable {
    public let file: String
    public let format: StructureFile.Format
    public let encoding: DelimitedText.Encoding
    public let delimiter: DelimitedText.Delimiter
    public let new: Int
    public let known: Int
    public let changed: Int
    public let refused: Int
    public let rows: [Line]

    public struct Line: Codable, Sendable {
        public let line: Int
        public let outcome: StructureImport.Outcome.Kind
        public let name: String?
        public let structure: ID<Structure>?
        public let changes: [StructureImport.Change]?
        /// The column, and what stood there: only when refused.
        public let field: String?
        public let value: String?
        public let refusal: Refusal.Told?
    }

    public init(_ result: StructureImport, file: String, in language: Language) {
        self.file = file
        format = result.format
        encoding = result.encoding
        delimiter = result.delimiter
        new = result.count(.new)
        known = result.count(.known)
        changed = result.count(.changed)
        refused = result.count(.refused)
        rows = result.rows.map { Line($0, in: language) }
    }
}

extension ToldStructureImport.Line {
    init(_ row: StructureImport.Row, in language: Language) {
        line = row.line
        outcome = row.outcome.kind
        var name: String?
        var structure: ID<Structure>?
        var changes: [StructureImport.Change]?
        var fault: LineFault?
        switch row.outcome {
        case .new(let called, let id): (name, structure) = (called, id)
        case .known(let called, let id): (name, structure) = (called, id)
        case .changed(let called, let id, let said): (name, structure, changes) = (called, id, said)
        case .refused(let wrong): fault = wrong
        }
        self.name = name
        self.structure = structure
        self.changes = changes
        field = fault?.field
        value = fault?.value
        refusal = fault?.refusal.told(in: language)
    }
}
