/// A row of a sheet as text, whatever file it came from.
public struct SheetRow: Hashable, Sendable {
    /// Counted from 1, as the spreadsheet numbers it.
    public let number: Int
    /// Nil when it cannot be told where a cell ends.
    public let cells: [String]?

    public init(number: Int, cells: [String]?) {
        self.number = number
        self.cells = cells
    }
}

/// The sheet in which French refurbishers announce what they send: "BOLC", version 2 for computers, 1 for phones. Titles
/// stand above its header, which is told by its columns, in any order. A bad row is named, and the others are read.
public struct BOLCSheet: Hashable, Sendable {
    public let kind: Kind
    /// In the sheet's order, empty rows left out.
    public let rows: [Row]

    public enum Kind: Hashable, Sendable {
        case computers, phones
    }

    public struct Row: Hashable, Sendable {
        public let number: Int
        /// As they stand; empty when it cannot be told where a cell ends.
        public let cells: [String]
        public let read: Result<BOLCDevice, LineFault>
    }

    public var format: HardwareFormat {
        switch kind {
        case .computers: .bolcComputers
        case .phones: .bolcPhones
        }
    }

    /// The header stands on row 4, or a little lower under longer titles.
    static let headerRowsMost = 20

    /// Nil when no row near the top is the header of either sheet.
    public init?(_ rows: [SheetRow]) {
        for (place, row) in rows.prefix(Self.headerRowsMost).enumerated() {
            guard let columns = row.cells.flatMap(BOLCColumns.init) else { continue }
            kind = columns.kind
            self.rows = Self.read(rows[(place + 1)...], columns)
            return
        }
        return nil
    }

    /// The sheet saved as CSV, between commas, semicolons or tabs; titles above the header may hold none of them.
    init?(delimited bytes: [UInt8]) {
        for delimiter in DelimitedText.Delimiter.allCases {
            guard let text = DelimitedText(bytes, between: delimiter) else { return nil }
            let rows = text.records.map { SheetRow(number: $0.line, cells: $0.fields) }
            if let sheet = BOLCSheet(rows) {
                self = sheet
                return
            }
        }
        return nil
    }

    private static func read(_ rows: ArraySlice<SheetRow>, _ columns: BOLCColumns) -> [Row] {
        var read: [Row] = []
        var seen: [String: Int] = [:]
        for row in rows {
            if row.cells?.allSatisfy(\.trimmed.isEmpty) ?? false { continue }
            do throws(LineFault) {
                let device = try BOLCDevice(row, columns)
                for mark in device.marks {
                    guard let first = seen[mark] else { continue }
                    throw LineFault(
                        field: columns.name(of: .reference),
                        value: device.reference,
                        refusal: Refusal(.rowRepeated, ["line": .number(Int64(first))])
                    )
                }
                for mark in device.marks { seen[mark] = row.number }
                read.append(Row(row, .success(device)))
            } catch {
                read.append(Row(row, .failure(error)))
            }
        }
        return read
    }
}

extension BOLCSheet.Row {
    fileprivate init(_ row: SheetRow, _ read: Result<BOLCDevice, LineFault>) {
        self.init(number: row.number, cells: row.cells ?? [], read: read)
    }
}

/// The columns of both sheets, by what they hold.
enum BOLCColumn: CaseIterable {
    case batch, reference, kind, maker, model, serial, imei, processor
    case firstDiskKind, firstDiskSize, secondDiskKind, secondDiskSize, storage, memory
    case battery, screenSize, screenDefinition, screen, remarks, cosmeticGrade, category, fault

    /// Letters and digits of the header's names, without accents.
    var names: [String] {
        switch self {
        case .batch: ["numerolot", "nlot", "lot"]
        case .reference: ["identifiantunique", "identifiant"]
        case .kind: ["typemateriel", "type"]
        case .maker: ["constructeur", "marque"]
        case .model: ["model", "modele"]
        case .serial: ["nserie", "noserie", "numeroserie", "numerodeserie", "sn"]
        case .imei: ["imei", "imei1"]
        case .processor: ["processeur", "cpu"]
        case .firstDiskKind: ["typedisque1", "typedisque"]
        case .firstDiskSize: ["tailledisque1", "tailledisque"]
        case .secondDiskKind: ["typedisque2"]
        case .secondDiskSize: ["tailledisque2"]
        case .storage: ["taillestockage", "stockage"]
        case .memory: ["ram", "memoire"]
        case .battery: ["etatbatterie", "batterie"]
        case .screenSize: ["tailleecran"]
        case .screenDefinition: ["resolution"]
        case .screen: ["ecran"]
        case .remarks: ["remarques", "commentaire", "commentaires"]
        case .cosmeticGrade: ["gradeesth", "gradeesthetique"]
        case .category: ["categorie"]
        case .fault: ["erreurcalcul", "erreur"]
        }
    }
}

/// Where each column of a sheet stands.
struct BOLCColumns {
    let kind: BOLCSheet.Kind
    /// As the sheet writes them.
    let names: [String]
    private let places: [BOLCColumn: Int]
    /// Columns that hold nothing which is read here, kept as they are.
    let others: [(name: String, place: Int)]

    /// Nil when the cells are no header.
    init?(_ cells: [String]) {
        guard cells.count <= 200 else { return nil }
        let plain = cells.map { cell in
            unaccented(String(cell.prefix(60))).filter { $0.isLetter || $0.isNumber }
        }
        var places: [BOLCColumn: Int] = [:]
        for column in BOLCColumn.allCases {
            places[column] = plain.firstIndex(where: column.names.contains)
        }
        func holds(_ columns: BOLCColumn...) -> Bool { columns.allSatisfy { places[$0] != nil } }
        guard holds(.reference, .maker, .model, .category) else { return nil }
        if holds(.imei, .storage) {
            kind = .phones
        } else if holds(.serial, .firstDiskKind, .firstDiskSize) {
            kind = .computers
        } else {
            return nil
        }
        names = cells.map { String($0.trimmed.prefix(60)) }
        self.places = places
        let read = Set(places.values)
        others = names.enumerated().filter { !read.contains($0.offset) && !$0.element.isEmpty }
            .map { ($0.element, $0.offset) }
    }

    subscript(_ column: BOLCColumn) -> Int? { places[column] }

    func name(of column: BOLCColumn) -> String { places[column].map { names[$0] } ?? "" }
}
