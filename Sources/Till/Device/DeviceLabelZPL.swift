public import Shop
public import Store

/// A device's label in ZPL II, for printers that draw it themselves at 8 points a millimetre: the same as the drawn one.
public enum DeviceLabelZPL {
    /// Raw values are sent: never rename or reuse one.
    public enum Size: String, CaseIterable, Sendable, Codable {
        /// 62 × 29 mm.
        case large
        /// 50 × 25 mm.
        case small
    }

    /// One label, from `^XA` to `^XZ`. Texts that are longer than the label is wide end in "…". In a demonstration it says so.
    /// - Parameter origin: where passports are read; nil puts the number alone into the QR.
    public static func text(
        of card: DeviceCard,
        size: Size,
        at origin: String?,
        in language: Language,
        isDemonstration: Bool
    ) -> String {
        let row = card.device
        let name = [row.maker, row.model].filter { !$0.isEmpty }.joined(separator: " ")
        let price = row.price.map { Written.cents($0, in: language) } ?? ""
        let layout = Layout(size)
        var lines = [
            "^XA", "^CI28", "^PW\(layout.width)", "^LL\(layout.height)", "^LH0,0",
            layout.qr(Passports.address(of: row.label, card.passport, at: origin), or: row.label),
            layout.text(row.label, y: 8, size: layout.numberSize),
            layout.text(
                name.isEmpty ? row.kind.name(in: language) : name,
                y: layout.numberSize + 16,
                size: layout.textSize
            ),
            layout.text(
                row.details(in: language),
                y: layout.numberSize + layout.textSize + 22,
                size: layout.textSize
            ),
            layout.text(
                [row.grade?.name(in: language), price].compactMap(\.self).filter { !$0.isEmpty }
                    .joined(separator: " · "),
                y: layout.numberSize + 2 * layout.textSize + 30,
                size: layout.saleSize
            ),
        ]
        if isDemonstration {
            lines.append(
                layout.text(
                    Demonstrated.mark,
                    y: layout.numberSize + 2 * layout.textSize + layout.saleSize + 36,
                    size: layout.textSize
                )
            )
        }
        return (lines + [layout.bars(row.label), "^PQ1", "^XZ"]).joined(separator: "\n") + "\n"
    }

    /// What stands between `^FD` and `^FS` after `^FH`: what a printer would take for a command is written in hexadecimal.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            let isCommand = scalar == "^" || scalar == "~" || scalar == "_" || scalar == "\\"
            if isCommand || scalar.properties.generalCategory == .control {
                for byte in Unicode.UTF8.encode(scalar) ?? .init() {
                    escaped += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
                }
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// Where things stand on a label, in points.
private struct Layout {
    let width: Int
    let height: Int
    /// The side of the square that holds the QR and its quiet zone.
    let square: Int
    let barHeight: Int
    let numberSize: Int
    let textSize: Int
    let saleSize: Int

    init(_ size: DeviceLabelZPL.Size) {
        switch size {
        case .large:
            (width, height, square, barHeight) = (496, 232, 152, 56)
            (numberSize, textSize, saleSize) = (38, 22, 28)
        case .small:
            (width, height, square, barHeight) = (400, 200, 136, 44)
            (numberSize, textSize, saleSize) = (32, 18, 24)
        }
    }

    /// What the text can be without leaving the label: a letter of the printer's own font is about half as wide as high.
    func text(_ text: String, y: Int, size: Int) -> String {
        let most = (width - square - 8) * 2 / size
        let shown = text.count > most ? text.prefix(most - 1) + "…" : text[...]
        return
            "^FO\(square),\(y)^A0N,\(size),\(size)^FH^FD\(DeviceLabelZPL.escaped(String(shown)))^FS"
    }

    /// The address where its modules are wide enough for a telephone, else the number.
    func qr(_ address: String?, or number: String) -> String {
        let fitted = address.flatMap { address in
            module(bytes: address.utf8.count).map { (text: address, module: $0) }
        }
        let chosen = fitted ?? (number, module(bytes: number.utf8.count) ?? 3)
        let quiet = 4 * chosen.module
        return
            "^FO\(quiet),\(quiet)^BQN,2,\(chosen.module)^FH^FDMA,\(DeviceLabelZPL.escaped(chosen.text))^FS"
    }

    /// How many points wide a module is, three at least; nil where so many bytes leave less.
    private func module(bytes: Int) -> Int? {
        // Bytes that a QR code of each version holds at level M (ISO/IEC 18004).
        let capacities = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213]
        guard let version = capacities.firstIndex(where: { $0 >= bytes }) else { return nil }
        let module = square / (21 + 4 * version + 8)
        return module >= 3 ? min(module, 6) : nil
    }

    /// Eleven modules a character, start, check and stop among them, and two more: the bars stand in the middle.
    func bars(_ number: String) -> String {
        let modules = 11 * (number.utf8.count + 3) + 2
        let x = max(0, (width - 2 * modules) / 2)
        return
            "^FO\(x),\(height - barHeight - 8)^BY2^BCN,\(barHeight),N,N,N^FH^FD\(DeviceLabelZPL.escaped(number))^FS"
    }
}
