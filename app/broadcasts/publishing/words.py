"""The one text that nobody writes: that another one no longer holds. A native reader should see each of them."""

TAKEN_DOWN = {
    "da": "En besked, der stod her, gælder ikke længere.",
    "en": "A message shown here no longer applies.",
    "ar": "الرسالة التي كانت معروضة هنا لم تعد سارية.",
    "tr": "Burada gösterilen bir mesaj artık geçerli değildir.",
    "so": "Fariin halkan ku qornayd hadda ma shaqayso.",
    "pl": "Komunikat, który był tutaj pokazany, już nie obowiązuje.",
}
