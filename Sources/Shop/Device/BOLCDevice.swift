/// A machine as a row of a BOLC sheet describes it. What the row leaves empty is not said.
public struct BOLCDevice: Hashable, Sendable {
    /// The refurbisher's number of the batch that it came in.
    public let batch: String
    /// The refurbisher's own label of the machine.
    public let reference: String
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    public let serial: Serial?
    /// 15 digits, the last a Luhn check digit.
    public let imei: String?
    public let processor: String?
    public let disks: [Disk]
    /// 10^9 bytes, of a phone.
    public let storageGB: Int?
    /// MiB: 8192 for 8 GB.
    public let memoryMB: Int?
    public let batteryHealthPercent: Int?
    public let screen: String?
    public let remarks: String
    /// How it looks, in the refurbisher's words.
    public let cosmeticGrade: String
    /// Absent when the sheet says none, or says that it could not work it out.
    public let category: Grade?
    /// Other columns by their names, as they are: a webcam, a charger, an operator.
    public let others: [String: String]

    /// What two rows of one machine share.
    var marks: [String] {
        [
            reference.isEmpty ? nil : "r" + reference.lowercased(), imei.map { "i" + $0 },
            serial.map { "s" + DeviceIdentity(maker: maker, model: model, serial: $0).key },
        ].compactMap { $0 }
    }

    init(_ row: SheetRow, _ columns: BOLCColumns) throws(LineFault) {
        let cells = try BOLCCells(row, columns)
        batch = try cells.text(.batch)
        reference = try cells.text(.reference)
        kind = try cells.kind()
        maker = try cells.required(.maker)
        model = try cells.required(.model)
        let names = [maker, model]
        serial = Serial(read: try cells.text(.serial), beside: names)
        imei = try cells.imei()
        let processor = try cells.text(.processor)
        self.processor = processor.isEmpty ? nil : processor
        disks = try [
            cells.disk(.firstDiskKind, .firstDiskSize),
            cells.disk(.secondDiskKind, .secondDiskSize),
        ].compactMap { $0 }
        storageGB = try cells.gigabytes(.storage)
        memoryMB = try cells.memoryMB()
        batteryHealthPercent = try cells.percent(.battery)
        screen = try cells.screen()
        remarks = try cells.text(.remarks)
        cosmeticGrade = try cells.text(.cosmeticGrade)
        category = try cells.category()
        var others = cells.others
        if batteryHealthPercent == nil {
            others[columns.name(of: .battery)] = try cells.text(.battery)
        }
        self.others = others.filter { !$0.key.isEmpty && !$0.value.isEmpty }
    }
}

/// The cells of one row, each read by what its column holds.
private struct BOLCCells {
    private let columns: BOLCColumns
    private let cells: [String]

    init(_ row: SheetRow, _ columns: BOLCColumns) throws(LineFault) {
        guard let cells = row.cells else {
            throw LineFault(
                field: columns.name(of: .reference),
                value: "",
                refusal: Refusal(.lineUnreadable)
            )
        }
        self.columns = columns
        self.cells = cells
    }

    /// One line, without what cannot be seen; empty where nothing stands.
    func text(_ column: BOLCColumn) throws(LineFault) -> String {
        guard let place = columns[column], place < cells.count else { return "" }
        do throws(HardwareRefusal.Cause) {
            return try ReadName.clean(.text(cells[place]), field: "") ?? ""
        } catch {
            throw LineFault(
                field: columns.names[place],
                value: ReadName.start(of: cells[place]),
                refusal: Refusal(
                    .fieldTooLong,
                    [
                        "field": .text(columns.names[place]),
                        "most": .number(Int64(ReadName.lengthMax)),
                    ]
                )
            )
        }
    }

    func required(_ column: BOLCColumn) throws(LineFault) -> String {
        let text = try text(column)
        guard !text.isEmpty else {
            throw LineFault(
                field: columns.name(of: column),
                value: "",
                refusal: Refusal(.fieldMissing, ["field": .text(columns.name(of: column))])
            )
        }
        return text
    }

    var others: [String: String] {
        var others: [String: String] = [:]
        for (name, place) in columns.others where place < cells.count {
            others[name] = String(cells[place].trimmed.prefix(ReadName.lengthMax))
        }
        return others
    }

    func kind() throws(LineFault) -> DeviceKind {
        let text = try text(.kind)
        let words = unaccented(text).filter { $0.isLetter }
        if words.isEmpty, columns.kind == .phones { return .smartphone }
        guard let kind = Self.kinds.first(where: { words.contains($0.mark) })?.kind else {
            throw fault(
                .kind,
                text,
                "portable, fixe, tout-en-un, tablette, smartphone, écran",
                "laptop, desktop, all-in-one, tablet, smartphone, screen, in French"
            )
        }
        return kind
    }

    /// A drive that is told by its kind alone was seen and not read.
    func disk(_ kind: BOLCColumn, _ size: BOLCColumn) throws(LineFault) -> Disk? {
        let text = try text(kind)
        let word = unaccented(text).filter { $0.isLetter }
        let sizeGB = try gigabytes(size)
        let isNone = Self.nothing.contains(word)
        if isNone, sizeGB == nil || sizeGB == 0 { return nil }
        let diskKind: DiskKind
        if word.contains("nvme") {
            diskKind = .nvme
        } else if word == "m" || ["ssd", "msata", "emmc", "flash"].contains(where: word.hasPrefix) {
            diskKind = .ssd
        } else if ["hd", "sata", "meca", "sshd", "disquedur"].contains(where: word.hasPrefix) {
            diskKind = .hdd
        } else if isNone {
            diskKind = .unknown
        } else {
            throw fault(kind, text, "HDD, SSD, NVMe", "HDD, SSD, NVMe")
        }
        return Disk(kind: diskKind, sizeGB: sizeGB == 0 ? nil : sizeGB, serial: nil)
    }

    /// "256", "256 Go", "1 To", "0,5 To": 10^9 bytes; nil for nothing.
    func gigabytes(_ column: BOLCColumn) throws(LineFault) -> Int? {
        let text = try text(column)
        if Self.nothing.contains(unaccented(text).filter { $0.isLetter || $0.isNumber }) {
            return nil
        }
        guard let amount = Self.amount(text),
            let unit = ["": 1, "g": 1, "go": 1, "gb": 1, "t": 1_000, "to": 1_000, "tb": 1_000][
                amount.unit
            ],
            amount.tenths * unit <= 10_000_000
        else { throw fault(column, text, "une taille en Go ou en To", "a size in GB or TB") }
        return (amount.tenths * unit + 5) / 10
    }

    /// A whole number of GB, as the sheet's own grading asks.
    func memoryMB() throws(LineFault) -> Int? {
        let text = try text(.memory)
        if Self.nothing.contains(unaccented(text).filter { $0.isLetter || $0.isNumber }) {
            return nil
        }
        let amount = Self.amount(text)
        switch amount?.unit {
        case "", "g", "go", "gb":
            if let tenths = amount?.tenths, tenths % 10 == 0, 10...327_680 ~= tenths {
                return tenths / 10 * 1_024
            }
        case "m", "mo", "mb":
            if let tenths = amount?.tenths, tenths % 10_240 == 0, 10_240...335_544_320 ~= tenths {
                return tenths / 10
            }
        default: break
        }
        throw fault(.memory, text, "un nombre entier de Go", "a whole number of GB")
    }

    /// "85 %", "85", or "0,85" as a spreadsheet stores it; nil for words.
    func percent(_ column: BOLCColumn) throws(LineFault) -> Int? {
        let text = try text(column).filter { $0 != " " && $0 != "%" }
        let isShare = text.hasPrefix("0.") || text.hasPrefix("0,")
        let digits = isShare ? String((text.dropFirst(2) + "00").prefix(2)) : text
        return JSON.text(digits).whole.flatMap { 0...100 ~= $0 ? $0 : nil }
    }

    /// The diagonal in inches and the definition, from one column or from two.
    func screen() throws(LineFault) -> String? {
        let size = try columns[.screenSize] == nil ? text(.screen) : text(.screenSize)
        let inches = Self.amount(size.filter { $0 != "\"" && $0 != "”" && $0 != "″" && $0 != "'" })
        let diagonal = inches.flatMap { amount in
            ["", "pouces", "po", "inch", "in"].contains(amount.unit) && 20..<1_000 ~= amount.tenths
                ? amount.tenths : nil
        }
        let definition = Screen.definition(String(try text(.screenDefinition).prefix(20)))
        return Screen.words(diagonalTenths: diagonal, definition: definition)
    }

    /// Of two numbers on one phone the first.
    func imei() throws(LineFault) -> String? {
        let text = try text(.imei)
        let first = text.split { $0 == "/" || $0 == ";" || $0 == "," }.first ?? ""
        let digits = first.filter { $0 != " " && $0 != "-" && $0 != "." }
        if digits.allSatisfy({ $0 == "0" }) || Self.nothing.contains(digits.lowercased()) {
            return nil
        }
        guard digits.count == 15, digits.allSatisfy(\.isDigit), Self.passesLuhn(digits) else {
            throw fault(
                .imei,
                text,
                "15 chiffres, dont une clé",
                "15 digits, one of them a check digit"
            )
        }
        return String(digits)
    }

    func category() throws(LineFault) -> Grade? {
        let fault = try text(.fault)
        let isClean = ["", "0", "non", "ok", "-", "faux", "false"].contains(fault.lowercased())
        let text = try text(.category)
        let word = text.lowercased()
        if word.isEmpty || word == "-" || !isClean { return nil }
        // What cannot be sold, or was set aside for street outreach, has no category of ours.
        if ["invendable", "maraude"].contains(word) { return nil }
        guard let grade = Grade(rawValue: word) else {
            throw self.fault(.category, text, "Premium, A, B, C, HC", "Premium, A, B, C, HC")
        }
        return grade
    }

    private func fault(
        _ column: BOLCColumn,
        _ text: String,
        _ french: String,
        _ english: String
    ) -> LineFault {
        LineFault(
            field: columns.name(of: column),
            value: text,
            refusal: Refusal(
                .cellUnreadable,
                [
                    "column": .text(columns.name(of: column)),
                    "text": .text(ReadName.start(of: text)),
                    "expected": .explained(french: french, english: english),
                ]
            )
        )
    }

    /// "15,6 pouces" as 156 tenths and "pouces"; nil for what does not begin with a number of zero or more.
    private static func amount(_ text: String) -> (tenths: Int, unit: String)? {
        let digits = text.prefix { $0.isDigit || $0 == "," || $0 == "." }
        let number = JSON.text(String(digits).replacing(",", with: "."))
        guard let tenths = number.tenths, tenths < 100_000_000 else { return nil }
        return (tenths, text[digits.endIndex...].trimmed.lowercased())
    }

    private static func passesLuhn(_ digits: some StringProtocol) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().compactMap(\.wholeNumberValue).enumerated() {
            let weighed = place % 2 == 1 ? digit * 2 : digit
            sum += weighed > 9 ? weighed - 9 : weighed
        }
        return sum % 10 == 0
    }

    /// Letters of what people write where there is nothing.
    private static let nothing: Set<String> = [
        "", "0", "aucun", "aucune", "non", "sans", "na", "nc", "vide", "pasdedisque", "absent",
        "none",
    ]

    /// The first that a word holds: "pcportable" before "pc".
    private static let kinds: [(mark: String, kind: DeviceKind)] = [
        ("toutenun", .allInOne), ("allinone", .allInOne), ("aio", .allInOne),
        ("portable", .laptop), ("laptop", .laptop), ("netbook", .laptop), ("notebook", .laptop),
        ("ultrabook", .laptop),
        ("tablette", .tablet), ("smartphone", .smartphone), ("telephone", .smartphone),
        ("mobile", .smartphone),
        ("ecran", .screen), ("moniteur", .screen),
        ("uc", .desktop), ("unitecentrale", .desktop), ("fixe", .desktop), ("desktop", .desktop),
        ("tour", .desktop), ("mini", .desktop), ("bureau", .desktop),
    ]
}
