/// A file that a test bench sent by itself and that waits for a person.
public enum WaitingFile {}

/// Why a file that a test bench sent by itself waits for a person. Raw values are stored and sent: never rename or reuse
/// one. The order is precedence.
public enum FileDoubt: String, CaseIterable, Sendable, Codable {
    /// A sheet of many machines, which somebody reads before it is taken in.
    case sheet
    /// The machine, or the very file, is on the record of another shop.
    case elsewhere
    /// The machine is on the shelf or has left, where its disks do not change.
    case otherDisks = "other_disks"
    case virtualMachine = "virtual_machine"
    /// Each further file of such a machine would make another machine.
    case noTrueSerial = "no_true_serial"
    /// The shop has a machine of this serial, under another maker or model.
    case serialKnown = "serial_known"

    /// - Parameter label: the machine that the file may be of.
    public func words(_ label: String?, in language: Language) -> String {
        let label = label ?? ""
        return switch self {
        case .sheet:
            language.choose(
                "Un tableau de plusieurs appareils\u{A0}: quelqu’un le lit avant qu’il entre au stock.",
                "A sheet of several devices: somebody reads it before it is taken in."
            )
        case .elsewhere:
            language.choose(
                "Cet appareil est enregistré dans un autre espace.",
                "This device is on the record of another shop."
            )
        case .otherDisks:
            language.choose(
                "\(label) est en rayon ou sorti, et ce ne sont pas les mêmes disques.",
                "\(label) is on the shelf or has left, and these are not the same disks."
            )
        case .virtualMachine:
            language.choose(
                "La fiche décrit une machine virtuelle.",
                "The file describes a virtual machine."
            )
        case .noTrueSerial:
            language.choose(
                "Pas de vrai numéro de série\u{A0}: rien ne dit si l’appareil est déjà au stock.",
                "No true serial number: nothing says whether the device is in the stock already."
            )
        case .serialKnown:
            language.choose(
                "\(label) porte le même numéro de série sous un autre fabricant ou un autre modèle.",
                "\(label) bears the same serial number under another maker or model."
            )
        }
    }
}
