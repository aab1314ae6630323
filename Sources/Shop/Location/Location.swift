/// Where in a shop machines lie: a room, or a shelf in it.
public enum Location: NumberedPaper {
    public static let mark = "RG"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(
            .locationUnknown,
            ["field": .field(.location), "text": .text(String(text.prefix(40)))]
        )
    }
}

/// What is printed at a location and scanned there: `LIRG26-0001` is the first that Lille opened in 2026.
public typealias LocationCode = PaperCode<Location>

/// Shelves to open in a room, each once.
public struct NewLocations: Hashable, Sendable, Encodable {
    public let room: String
    /// In the order in which they were named; one empty name for the room as a whole.
    public let shelves: [String]

    public static let most = 100

    /// - Parameter shelves: names, commas or lines between them; none opens the room as a whole.
    /// Throws `fieldMissing` and `fieldTooLong` for the room, `fieldTooLong` for a shelf of more than 40 characters,
    /// `quantityOutOfRange` for more than a hundred shelves.
    public init(room: String, shelves text: String) throws(Refusal) {
        self.room = try ShortText(typed: room, field: .room, most: 40).text
        var names: [String] = []
        var known: Set<String> = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }) {
            let name = trimmed(String(part))
            guard !name.isEmpty else { continue }
            let shelf = try ShortText(typed: name, field: .shelf, most: 40).text
            guard known.insert(shelf).inserted else { continue }
            names.append(shelf)
            guard names.count <= Self.most else {
                throw Refusal(
                    .quantityOutOfRange,
                    [
                        "field": .field(.shelf), "least": .number(1),
                        "most": .number(Int64(Self.most)),
                    ]
                )
            }
        }
        shelves = names.isEmpty ? [""] : names
    }
}

extension FieldName {
    public static let location = FieldName("location", "Rangement", "Location")
    public static let room = FieldName("room", "Salle", "Room")
    public static let shelf = FieldName("shelves", "Étagères", "Shelves")
}
