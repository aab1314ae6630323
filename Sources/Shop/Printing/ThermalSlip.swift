/// What a receipt printer is sent for one slip: text in lines, symbols, the cut and the drawer, as ESC/POS bytes.
///
/// Lines are broken here and not by the printer, which would break inside words and amounts. Source of each command: Epson,
/// ESC/POS Command Reference; they are those that printers of other makers know as well.
public struct ThermalSlip: Sendable {
    public let paper: ThermalPaper
    /// From the beginning on. They may be sent at any moment: each line is whole.
    public private(set) var bytes: [UInt8]
    private var alignment = Alignment.left
    private var look: Look = []

    public enum Alignment: UInt8, CaseIterable, Sendable {
        case left, centred, right
    }

    public struct Look: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let bold = Look(rawValue: 1)
        public static let tall = Look(rawValue: 2)
        /// Half as many characters stand on a line.
        public static let wide = Look(rawValue: 4)
    }

    /// Opens the drawer, and moves no paper: a pulse of 50 ms on the connector's pin 2, then 500 ms of rest (ESC p).
    public static let drawerAlone = [Lead.esc.rawValue, UInt8(ascii: "p"), 0, 25, 250]

    public init(on paper: ThermalPaper) {
        self.paper = paper
        bytes = []
        // What an earlier slip left set is forgotten.
        send(.esc, "@")
        // Printers made for China start with two bytes a character, and would print ideograms for accents.
        send(.fs, ".")
        send(.esc, "t", CodePage858.number)
        // A printer set to France has "à" in the place of "@", and "é" in that of "{".
        send(.esc, "R", 0)
    }

    /// Prints the text on as many lines as it takes; on none where it has nothing in it.
    public mutating func write(
        _ text: String,
        _ look: Look = [],
        _ alignment: Alignment = .left
    ) {
        for line in wrappedLines(text, in: columns(look)) { put(line, look, alignment) }
    }

    /// Prints words at the left and an amount at the right of their first line. Long words go on below, clear of the amount,
    /// which is never broken. It stands below the words where they do not fit beside it and have less than half of the line.
    public mutating func writeRow(_ words: String, _ amount: String, _ look: Look = []) {
        let columns = columns(look)
        let alone = wrappedLines(words, in: columns)
        let amounts = wrappedLines(amount, in: columns)
        let room = columns - 1 - (amounts.first?.count ?? 0)
        let fits = alone.isEmpty || alone.count == 1 && alone[0].count <= room
        if amounts.count == 1, fits || room >= columns / 2 {
            let lines = fits ? alone : wrappedLines(words, in: room)
            let first = lines.first ?? []
            put(first + spaces(columns - first.count - amounts[0].count) + amounts[0], look, .left)
            for line in lines.dropFirst() { put(line, look, .left) }
        } else {
            for line in alone { put(line, look, .left) }
            for line in amounts { put(spaces(columns - line.count) + line, look, .left) }
        }
    }

    /// A line across the paper.
    public mutating func rule() {
        put([UInt8](repeating: UInt8(ascii: "-"), count: columns([])), [], .left)
    }

    /// A blank line.
    public mutating func skip() {
        put([], [], alignment)
    }

    public mutating func openDrawer() {
        bytes += ThermalSlip.drawerAlone
    }

    /// Ends the slip, which may be followed by another. The paper moves first until its last line is past the cutter (GS V),
    /// or past the edge where it is torn off, some 25 mm (ESC d).
    public mutating func cut() {
        if paper.isCut { send(.gs, "V", 66, 0) } else { send(.esc, "d", 6) }
    }

    private func columns(_ look: Look) -> Int {
        paper.columns.rawValue / (look.contains(.wide) ? 2 : 1)
    }

    private mutating func put(_ line: [UInt8], _ look: Look, _ alignment: Alignment) {
        set(look)
        set(alignment)
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Sends what changes, and no more (GS !, ESC E).
    private mutating func set(_ look: Look) {
        let changed = self.look.symmetricDifference(look)
        if !changed.isDisjoint(with: [.tall, .wide]) {
            let size: UInt8 = (look.contains(.wide) ? 0x10 : 0) | (look.contains(.tall) ? 0x01 : 0)
            send(.gs, "!", size)
        }
        if changed.contains(.bold) {
            send(.esc, "E", look.contains(.bold) ? 1 : 0)
        }
        self.look = look
    }

    /// ESC a counts at the beginning of a line only, and every line here is ended.
    mutating func set(_ alignment: Alignment) {
        guard alignment != self.alignment else { return }
        send(.esc, "a", alignment.rawValue)
        self.alignment = alignment
    }

    /// What a command begins with.
    enum Lead: UInt8 {
        case esc = 0x1B
        case fs = 0x1C
        case gs = 0x1D
    }

    mutating func send(
        _ lead: Lead,
        _ name: Unicode.Scalar,
        _ parameters: UInt8...,
        data: [UInt8] = []
    ) {
        bytes += [lead.rawValue, UInt8(ascii: name)] + parameters + data
    }
}

private func spaces(_ count: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: " "), count: count)
}
