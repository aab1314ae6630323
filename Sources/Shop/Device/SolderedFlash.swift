/// Kernel names of flash chips: `mmcblk0`, and its parts `mmcblk0boot0` and `mmcblk0rpmb`, which a card
/// that can be pulled out has not.
enum SolderedFlash {
    static func isChip(_ name: String) -> Bool {
        name.hasPrefix("mmcblk") && name.dropFirst(6).allSatisfy(\.isDigit)
    }

    /// The chip of which `name` is a boot partition; nil when it is none.
    static func chip(ofBootPart name: String) -> String? {
        guard name.hasPrefix("mmcblk") else { return nil }
        let number = name.dropFirst(6).prefix(while: \.isDigit)
        let part = name.dropFirst(6 + number.count)
        return part.hasPrefix("boot") || part == "rpmb" ? "mmcblk" + number : nil
    }
}
