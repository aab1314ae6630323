/// A file of structures: our own columns, or the national schema of digital-mediation places (MedNum 1.0). The kind is told by
/// the columns, not by the name.
public struct StructureFile: Sendable {
    public let format: Format
    public let encoding: DelimitedText.Encoding
    public let delimiter: DelimitedText.Delimiter
    /// In the file's order.
    public let rows: [Row]

    public enum Format: String, CaseIterable, Sendable, Codable {
        case comptoir, mednum
    }

    public struct Row: Hashable, Sendable {
        public let line: Int
        public let read: Result<DescribedStructure, LineFault>

        /// Nil when the line is refused.
        public var described: DescribedStructure? {
            if case .success(let described) = read { described } else { nil }
        }
    }

    /// A file above this is refused.
    public static let bytesMost = 16 << 20

    /// Throws `structureFileUnreadable` when it is no text, empty, or without the columns of either kind.
    public init(_ bytes: [UInt8]) throws(Refusal) {
        guard let text = DelimitedText(bytes), let head = text.records.first?.fields else {
            throw Refusal(.structureFileUnreadable)
        }
        let columns = TableColumns(head)
        if columns.holdsAll(["pivot", "nom", "commune", "code_postal", "adresse"]) {
            format = .mednum
        } else if columns[OwnColumn.name.names] != nil, columns[OwnColumn.kind.names] != nil {
            format = .comptoir
        } else {
            throw Refusal(.structureFileUnreadable)
        }
        encoding = text.encoding
        delimiter = text.delimiter
        var seen: [String: Int] = [:]
        var rows: [Row] = []
        for record in text.records.dropFirst() {
            let cells: TableCells
            do throws(LineFault) {
                cells = try TableCells(record, columns)
                let described =
                    format == .mednum ? try Self.national(cells) : try Self.own(cells)
                let first = seen[described.identity]
                seen[described.identity] = first ?? record.line
                if let first {
                    throw LineFault(
                        field: columns.names[0],
                        value: described.name.text,
                        refusal: Refusal(.lineRepeated, ["line": .number(Int64(first))])
                    )
                }
                rows.append(Row(line: record.line, read: .success(described)))
            } catch {
                rows.append(Row(line: record.line, read: .failure(error)))
            }
        }
        self.rows = rows
    }
}

/// A structure as a file describes it. What the file leaves empty is not said.
public struct DescribedStructure: Hashable, Sendable, Encodable {
    /// The national schema's id of the place; nil in a file of our own.
    public let reference: String?
    public let name: ShortText
    /// Tells apart places of one name; empty in a file of our own.
    public let town: String
    public let kind: StructureKind
    public let quarter: String
    public let address: String
    public let phone: Phone?
    public let email: EmailAddress?
    public let agreementStartsOn: Day?
    public let agreementEndsOn: Day?
    public let contact: Contact?

    public struct Contact: Hashable, Sendable, Encodable {
        public let name: PersonName
        public let post: String
        public let phone: Phone?
        public let email: EmailAddress?
    }

    /// What two lines of one structure share.
    var identity: String { reference ?? unaccented(name.text) }
}

/// The columns of a file of our own, by the names that each may have.
public enum OwnColumn: CaseIterable, Sendable {
    case name, kind, quarter, address, phone, email, agreementFrom, agreementTo
    case contact, contactPost, contactPhone, contactEmail

    /// French and English, as the help lists them.
    public var names: [String] {
        switch self {
        case .name: ["nom", "name"]
        case .kind: ["type", "kind"]
        case .quarter: ["quartier", "quarter"]
        case .address: ["adresse", "address"]
        case .phone: ["telephone", "phone"]
        case .email: ["courriel", "email"]
        case .agreementFrom: ["convention_debut", "agreement_from"]
        case .agreementTo: ["convention_fin", "agreement_to"]
        case .contact: ["contact", "contact_name"]
        case .contactPost: ["contact_fonction", "contact_post"]
        case .contactPhone: ["contact_telephone", "contact_phone"]
        case .contactEmail: ["contact_courriel", "contact_email"]
        }
    }
}

extension StructureFile {
    private static func own(_ cells: TableCells) throws(LineFault) -> DescribedStructure {
        let starts = try cells.read(OwnColumn.agreementFrom.names) { text throws(Refusal) -> Day? in
            // An end without a beginning may come before the day of the import, when it would begin.
            if text.isEmpty, !cells.text(OwnColumn.agreementTo.names).isEmpty {
                throw Refusal(.fieldMissing, ["field": .field(.startsOn)])
            }
            return try optionalDay(text)
        }
        let contact = cells.text(OwnColumn.contact.names)
        return DescribedStructure(
            reference: nil,
            name: try cells.read(OwnColumn.name.names) { text throws(Refusal) in
                try ShortText(typed: text, field: .name)
            },
            town: "",
            kind: try cells.read(OwnColumn.kind.names) { text throws(Refusal) in
                try StructureKind(named: text)
            },
            quarter: try cells.read(OwnColumn.quarter.names) { text throws(Refusal) in
                try ShortText.optional(typed: text, field: .quarter)
            },
            address: try cells.read(OwnColumn.address.names) { text throws(Refusal) in
                try ShortText.optional(typed: text, field: .address)
            },
            phone: try cells.read(OwnColumn.phone.names) { text throws(Refusal) in
                try Phone.optional(typed: text)
            },
            email: try cells.read(OwnColumn.email.names) { text throws(Refusal) in
                try EmailAddress.optional(typed: text)
            },
            agreementStartsOn: starts,
            agreementEndsOn: try cells.read(OwnColumn.agreementTo.names) { text throws(Refusal) in
                let ends = try optionalDay(text)
                if let starts, let ends, ends < starts {
                    throw Refusal(.agreementDatesReversed, ["until": .day(ends)])
                }
                return ends
            },
            contact: contact.isEmpty ? nil : try ownContact(cells)
        )
    }

    private static func ownContact(
        _ cells: TableCells
    ) throws(LineFault) -> DescribedStructure.Contact {
        DescribedStructure.Contact(
            name: try cells.read(OwnColumn.contact.names) { text throws(Refusal) in
                try PersonName(typed: text, field: .contact)
            },
            post: try cells.read(OwnColumn.contactPost.names) { text throws(Refusal) in
                try ShortText.optional(typed: text, field: .post)
            },
            phone: try cells.read(OwnColumn.contactPhone.names) { text throws(Refusal) in
                try Phone.optional(typed: text)
            },
            email: try cells.read(OwnColumn.contactEmail.names) { text throws(Refusal) in
                try EmailAddress.optional(typed: text)
            }
        )
    }

    /// A place of the national schema. It names no agreement: that begins when the file is imported.
    private static func national(_ cells: TableCells) throws(LineFault) -> DescribedStructure {
        func required(_ column: String, _ field: FieldName) throws(LineFault) -> String {
            try cells.read([column]) { text throws(Refusal) in
                try ShortText(typed: text, field: field).text
            }
        }
        let pivot = try required("pivot", .reference)
        let isPivot =
            9...14 ~= pivot.utf8.count
            && pivot.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
            }
        guard isPivot else {
            throw LineFault(
                field: "pivot",
                value: pivot,
                refusal: Refusal(
                    .codeUnreadable,
                    ["field": .field(.reference), "text": .text(pivot)]
                )
            )
        }
        let id = cells.text(["id"])
        let town = try required("commune", .city)
        let postal = try cells.read(["code_postal"]) { text throws(Refusal) in
            try PostalCode(typed: text).text
        }
        let street = try required("adresse", .address)
        let address = [street, cells.text(["complement_adresse"]), "\(postal) \(town)"]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        return DescribedStructure(
            reference: id.isEmpty ? pivot : String(id.prefix(200)),
            name: try cells.read(["nom"]) { text throws(Refusal) in
                try ShortText(typed: text, field: .name)
            },
            town: town,
            kind: StructureKind(typologies: cells.text(["typologie"])),
            quarter: "",
            address: try cells.read(["adresse"]) { _ throws(Refusal) in
                try ShortText(typed: address, field: .address).text
            },
            phone: try cells.read(["telephone"]) { text throws(Refusal) in
                try Phone.optional(typed: text)
            },
            email: try cells.read(["courriels"]) { text throws(Refusal) in
                try EmailAddress.optional(typed: text.split(separator: "|").first.map(String.init))
            },
            agreementStartsOn: nil,
            agreementEndsOn: nil,
            contact: nil
        )
    }
}

private func optionalDay(_ text: String) throws(Refusal) -> Day? {
    text.isEmpty ? nil : try Day(typed: text)
}

extension StructureKind {
    /// As people write it: the stored value, or its name in either language. Throws `fieldMissing`, `choiceUnknown`.
    init(named text: String) throws(Refusal) {
        guard !text.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .field(.structureKind)])
        }
        let plain = unaccented(text)
        let kind = Self.allCases.first { kind in
            [kind.rawValue, kind.name(in: .french), kind.name(in: .english)]
                .contains { unaccented($0) == plain }
        }
        guard let kind else {
            func names(in language: Language) -> String {
                Self.allCases.map { $0.name(in: language) }.joined(separator: ", ")
            }
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.structureKind), "text": .text(String(text.prefix(40))),
                    "choices": .explained(
                        french: names(in: .french),
                        english: names(in: .english)
                    ),
                ]
            )
        }
        self = kind
    }

    /// Of the national codes of a place (“CCAS|ASSO”), the first that says something here; what says nothing is `other`.
    public init(typologies text: String) {
        let codes = text.split(separator: "|").map { trimmed(String($0)) }
        self = codes.lazy.compactMap { Self.national[$0] }.first ?? .other
    }

    /// Codes of data·inclusion’s list of typologies that have a kind of their own here.
    private static let national: [String: StructureKind] = [
        "ASSO": .association, "ASSO_CHOMEUR": .association, "OACAS": .association,
        "UDAF": .association, "TIERS_LIEUX": .association, "ES": .association,
        "CAF": .familyAllowances,
        "CCAS": .townSocialService, "CIAS": .townSocialService,
        "CD": .department, "CDAS": .department, "DEPT": .department, "MDS": .department,
        "MDPH": .department, "MDA": .department, "ASE": .department, "ODC": .department,
        "CS": .socialCentre, "CSC": .socialCentre, "EVS": .socialCentre, "MQ": .socialCentre,
        "MJC": .socialCentre,
        "CADA": .shelter, "CHRS": .shelter, "CHU": .shelter, "CPH": .shelter, "HUDA": .shelter,
        "PENSION": .shelter, "RS_FJT": .shelter, "OIL": .shelter,
        "CAP_EMPLOI": .employment, "FT": .employment, "ML": .employment, "MDE": .employment,
        "MDEF": .employment, "PLIE": .employment, "E2C": .employment, "EPIDE": .employment,
        "AFPA": .employment,
        "PREVENTION": .prevention, "SCP": .prevention,
        "MSAP": .publicProgramme, "RFS": .publicProgramme, "PIMMS": .publicProgramme,
    ]
}
