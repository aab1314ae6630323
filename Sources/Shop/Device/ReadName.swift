/// Names in a hardware file, made fit to be shown, printed and searched.
enum ReadName {
    /// More than any maker writes; a label has room for a fifth of it.
    static let lengthMax = 200
    /// A text of more bytes is not worth cleaning: it is no name, whatever it is made of.
    static let bytesMax = 4_000

    /// The text in one line, without control characters and without those that turn the direction of
    /// writing, which would let a name disguise a label. Nil when nothing is left. Throws when longer
    /// than `lengthMax` scalars.
    static func clean(_ json: JSON?, field: String) throws(HardwareRefusal.Cause) -> String? {
        guard let text = json?.string else { return nil }
        if text.utf8.count > bytesMax {
            throw .fieldTooLong(
                field: field,
                start: start(of: text),
                length: text.unicodeScalars.count
            )
        }
        let scalars = text.unicodeScalars.filter { !isUnseen($0) }
        let words = String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace)
        let name = words.joined(separator: " ")
        if name.unicodeScalars.count > lengthMax {
            throw .fieldTooLong(
                field: field,
                start: start(of: name),
                length: name.unicodeScalars.count
            )
        }
        return name.isEmpty ? nil : name
    }

    /// A maker's or a model's name, nil when it is what a factory left.
    static func genuine(_ json: JSON?, field: String) throws(HardwareRefusal.Cause) -> String? {
        guard let name = try clean(json, field: field) else { return nil }
        let core = name.lowercased().filter { $0.isLetter || $0.isNumber }
        let isLeft = leftByFactory.contains(core) || fragments.contains(where: core.contains)
        return core.isEmpty || isLeft ? nil : name
    }

    /// The first of several places that holds a true name.
    static func genuine(
        anyOf places: [(json: JSON?, field: String)]
    ) throws(HardwareRefusal.Cause) -> String? {
        for place in places {
            if let name = try genuine(place.json, field: place.field) { return name }
        }
        return nil
    }

    /// What a refusal tells of a text: its first 40 scalars, less those that cannot be seen.
    static func start(of text: String) -> String {
        let scalars = text.unicodeScalars.prefix(40).filter { !isUnseen($0) }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\t" && scalar != "\n" && scalar != "\r"
        case .format, .surrogate, .privateUse, .unassigned: true
        default: scalar == "\u{FFFD}"
        }
    }

    private static let leftByFactory: Set<String> = [
        "none", "unknown", "oem", "na", "invalid", "empty", "default", "standard", "other",
        "undefined",
        "unspecified", "notavailable", "notapplicable", "notspecified", "productname",
        "manufacturer",
        "computer", "xxxxx", "0", "00000000", "noenclosure", "typeproductname", "pc", "allseries",
    ]

    private static let fragments = [
        "tobefilled", "filledbyoem", "systemmanufacturer", "systemproductname", "systemname",
        "systemversion",
        "defaultstring", "oemmanufacturer", "oemproduct",
    ]
}
