/// Nouns of which the domain needs the key alone: what they are is in rows. A noun with a value of its own
/// (`Device`, `Sale`, `Voucher`) is declared beside its rules.
public enum Shop {}
public enum Till {}
public enum TillBrowser {}
public enum User {}
public enum Disablement {}
public enum Structure {}
public enum Prescriber {}
public enum Household {}
public enum Person {}
public enum Run {}
public enum Session {}
public enum Enrolment {}
public enum Product {}
public enum Inspection {}
public enum Erasure {}
public enum Reservation {}
public enum Chain {}
public enum SignIn {}
public enum Claim {}
public enum StockMovement {}
